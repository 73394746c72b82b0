import { aFinishedAttempt, anAttempt } from '@earlybird/testing';
import { countedAttempts } from './attempt.js';
import { type OutcomeKind, isCounted } from './outcome.js';

describe('counting attempts', () => {
  it.each<[OutcomeKind, boolean]>([
    ['accepted', true],
    ['deferred', true],
    ['refused', true],
    ['unknown', true],
    ['throttled', false],
    ['halted', false],
  ])('%s uses one up: %s', (kind, expected) => {
    expect(isCounted(kind)).toBe(expected);
  });

  it('leaves out what is open or uncounted, however often that came', () => {
    expect(
      countedAttempts([
        aFinishedAttempt({ number: 1, outcome: 'deferred' }),
        aFinishedAttempt({ number: 2, outcome: 'halted', times: 40 }),
        aFinishedAttempt({ number: 42, outcome: 'unknown' }),
        anAttempt({ number: 43 }),
      ]),
    ).toBe(2);
  });
});
