import fc from 'fast-check';
import { createdAtOf, newId } from './id.js';

describe('an id', () => {
  it('says what kind of thing it names, in a fixed length', () => {
    expect(newId('msg', new Date(0))).toMatch(/^msg_[0-9a-z]{25}$/);
    expect(newId('replay', new Date())).toMatch(/^replay_[0-9a-z]{25}$/);
  });

  it('sorts by age', () => {
    const time = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });
    fc.assert(
      fc.property(time, time, (left, right) => {
        fc.pre(left < right);
        expect(newId('msg', new Date(left)) < newId('msg', new Date(right))).toBe(true);
      }),
    );
  });

  it('is never given twice, also within one millisecond', () => {
    const now = new Date();
    expect(new Set(Array.from({ length: 10_000 }, () => newId('msg', now))).size).toBe(10_000);
  });

  it('tells when it was made', () => {
    const now = new Date('2026-02-01T05:00:00.123Z');
    expect(createdAtOf(newId('msg', now))).toEqual(now);
    expect(createdAtOf(newId('replay', now))).toEqual(now);
    expect(createdAtOf('msg_rival')).toBeUndefined();
    expect(createdAtOf('')).toBeUndefined();
  });
});
