import { missingSecretLines, newSecret, secretNames } from './secrets.js';

describe('secrets for a set-up of its own', () => {
  it('makes every secret for an empty file, each another one', () => {
    const values = missingSecretLines('').map((line) => line.split('=')[1]);
    expect(values).toHaveLength(secretNames.length + 1);
    expect(new Set(values).size).toBe(values.length);
  });

  it('adds nothing to a complete file', () => {
    expect(missingSecretLines(missingSecretLines('').join('\n'))).toEqual([]);
  });

  it('fills a variable that is named without a value', () => {
    expect(missingSecretLines('JWT_SECRET=\n').some((line) => line.startsWith('JWT_SECRET='))).toBe(true);
  });

  it('makes secrets that need no escaping in a URL', () => {
    expect(newSecret()).toMatch(/^[\w-]{43}$/);
  });
});
