import { aFinishedAttempt, aNotification, aPolicy, after, anAttempt } from '@earlybird/testing';
import { AppError } from '../kernel/app-error.js';
import type { Attempt } from './attempt.js';
import type { Outcome } from './outcome.js';
import { recordOutcome } from './record-outcome.js';

const policy = aPolicy();
const halted = (parts: Partial<Extract<Outcome, { kind: 'halted' }>> = {}): Outcome => ({
  kind: 'halted',
  scope: 'road',
  reason: 'connection_refused',
  ...parts,
});
const sending = (...attempts: readonly Attempt[]) =>
  aNotification({ status: 'sending', attempts, lastAttemptNumber: attempts.at(-1)?.number ?? 0 });

describe('recording an outcome', () => {
  it('says what the attempt came to and what follows, absent fields absent', () => {
    const notification = sending(anAttempt());
    expect(
      recordOutcome(notification, 1, { kind: 'accepted', providerMessageId: 'wamid' }, policy, after(700)),
    ).toStrictEqual({
      id: notification.id,
      number: 1,
      status: 'sent',
      result: {
        finishedAt: after(700),
        outcome: 'accepted',
        counted: true,
        durationMs: 700,
        providerMessageId: 'wamid',
      },
    });
  });

  it('keeps what the provider said', () => {
    const detail = { reason: 'bad_number', errorCode: '131026', httpStatus: 400, detail: 'not on WhatsApp' };
    const { result } = recordOutcome(sending(anAttempt()), 1, { kind: 'refused', ...detail }, policy, after(1));
    expect(result).toMatchObject(detail);
  });

  it('judges a doubt by what the template said when the attempt started', () => {
    const doubt: Outcome = { kind: 'unknown', reason: 'timeout' };
    const statusUnder = (onUnknown: Attempt['onUnknown']) =>
      recordOutcome(sending(anAttempt({ onUnknown })), 1, doubt, policy, after(1)).status;
    expect([statusUnder('hold'), statusUnder('resend')]).toEqual(['unknown', 'retrying']);
  });

  describe('of an uncounted attempt', () => {
    const before = (parts: Partial<Attempt> = {}) =>
      aFinishedAttempt({ number: 4, outcome: 'halted', reason: 'connection_refused', ...parts });
    const mergeOf = (previous: Attempt, outcome: Outcome) =>
      recordOutcome(sending(previous, anAttempt({ number: 9 })), 9, outcome, policy, after(1)).mergeInto;

    it('counts it where an equal one stands', () => {
      expect(mergeOf(before({ times: 5 }), halted())).toBe(4);
    });

    it('keeps apart what differs', () => {
      expect(mergeOf(before({ reason: 'dns_failure' }), halted())).toBeUndefined();
      expect(mergeOf(before(), halted({ errorCode: '190' }))).toBeUndefined();
      expect(mergeOf(before({ outcome: 'throttled' }), halted())).toBeUndefined();
      expect(mergeOf(aFinishedAttempt({ number: 4, outcome: 'deferred' }), halted())).toBeUndefined();
    });

    it('never merges a counted one', () => {
      const deferred: Outcome = { kind: 'deferred', reason: 'provider_error' };
      expect(mergeOf(aFinishedAttempt({ number: 4, ...deferred, outcome: 'deferred' }), deferred)).toBeUndefined();
    });

    it('never merges into one that is not the last', () => {
      const notification = sending(
        before({ number: 1 }),
        aFinishedAttempt({ number: 2, outcome: 'deferred' }),
        anAttempt({ number: 3 }),
      );
      expect(recordOutcome(notification, 3, halted(), policy, after(1)).mergeInto).toBeUndefined();
    });
  });

  it('calls an attempt that is not there a bug', () => {
    expect(() => recordOutcome(sending(anAttempt()), 2, halted(), policy, after(1))).toThrow(AppError);
  });
});
