import { AppError, type ErrorCode, errorSentences, isLostInfrastructure } from './app-error.js';

describe('an error of the service', () => {
  it.each(Object.entries(errorSentences))('%s has a sentence', (code, sentence) => {
    expect(code).toMatch(/^[a-z_]+$/);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it.each(Object.keys(errorSentences) as ErrorCode[])(
    '%s is lost infrastructure only when waiting cures it',
    (code) => {
      const cured = ['database_unavailable', 'broker_unavailable', 'publish_unconfirmed'].includes(code);
      expect(isLostInfrastructure(new AppError(code, 'x'))).toBe(cured);
    },
  );

  it('is lost infrastructure only when it is one of ours', () => {
    expect(isLostInfrastructure(new Error('database_unavailable'))).toBe(false);
    expect(isLostInfrastructure({ code: 'database_unavailable' })).toBe(false);
    expect(isLostInfrastructure(undefined)).toBe(false);
  });

  it('keeps its cause', () => {
    const cause = new Error('ECONNREFUSED');
    expect(new AppError('broker_unavailable', 'the broker is away', { cause }).cause).toBe(cause);
  });
});
