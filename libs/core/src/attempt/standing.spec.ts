import { aFinishedAttempt, aNotification, after, anAttempt, testStart } from '@earlybird/testing';
import type { DeliveryStatus } from '../notification/delivery-status.js';
import { deliveryStatuses } from '../notification/delivery-status.js';
import { type Standing, standingOf } from './standing.js';

const deferDelayMs = 30_000;
const first = { attempt: 1, repeat: false };
const open = anAttempt({ leaseUntil: after(25_000) });
const standing = (
  notification: Parameters<typeof aNotification>[0],
  envelope: { attempt: number; repeat: boolean },
  now = testStart,
): Standing => standingOf(aNotification(notification), envelope, now, deferDelayMs);

describe('how an envelope stands', () => {
  it.each(deliveryStatuses)('due only in queued and retrying (%s)', (status) => {
    const expected = ['queued', 'retrying'].includes(status) ? { kind: 'due', attempt: 1 } : { kind: 'duplicate' };
    expect(standing({ status }, first)).toEqual(expected);
    expect(standing({ status }, { ...first, repeat: true })).toEqual(expected);
  });

  it('due under the next number, whatever higher one it asks for', () => {
    const notification = {
      status: 'retrying' as DeliveryStatus,
      lastAttemptNumber: 1,
      attempts: [aFinishedAttempt({ outcome: 'deferred' })],
    };
    expect(standing(notification, { attempt: 2, repeat: false })).toEqual({ kind: 'due', attempt: 2 });
    expect(standing(notification, { attempt: 5, repeat: false })).toEqual({ kind: 'due', attempt: 2 });
  });

  it('early as long as it may have to wait, and due when the clock was set back since', () => {
    const waiting = (ms: number) => standing({ status: 'queued', nextAttemptAt: after(ms) }, first);
    expect(waiting(90_000)).toEqual({ kind: 'early' });
    expect(waiting(3_600_000)).toEqual({ kind: 'due', attempt: 1 });
  });

  describe('while the attempt is open', () => {
    const sending = { status: 'sending' as DeliveryStatus, lastAttemptNumber: 1, attempts: [open] };

    it('a fresh copy is a duplicate', () => {
      expect(standing(sending, first)).toEqual({ kind: 'duplicate' });
      expect(standing(sending, first, after(60_000))).toEqual({ kind: 'duplicate' });
    });

    it('one that must repeat waits for the lease and then finds it abandoned', () => {
      const again = { ...first, repeat: true };
      expect(standing(sending, again, after(24_999))).toEqual({ kind: 'leased', attempt: 1 });
      expect(standing(sending, again, after(25_000))).toEqual({ kind: 'abandoned', attempt: 1 });
    });

    it('also when a receipt has moved the status on', () => {
      expect(standing({ ...sending, status: 'delivered' }, { ...first, repeat: true }, after(25_000))).toEqual({
        kind: 'abandoned',
        attempt: 1,
      });
    });
  });

  describe('after the attempt', () => {
    const retrying = {
      status: 'retrying' as DeliveryStatus,
      lastAttemptNumber: 2,
      attempts: [
        aFinishedAttempt({ number: 1, outcome: 'deferred' }),
        aFinishedAttempt({ number: 2, outcome: 'deferred' }),
      ],
    };

    it('a fresh copy is a duplicate', () => {
      for (const attempt of [1, 2])
        expect(standing(retrying, { attempt, repeat: false })).toEqual({ kind: 'duplicate' });
    });

    it('one that must repeat settles the latest attempt only', () => {
      expect(standing(retrying, { attempt: 2, repeat: true })).toEqual({ kind: 'unsettled' });
      expect(standing(retrying, { attempt: 1, repeat: true })).toEqual({ kind: 'duplicate' });
    });

    it('one whose attempt was merged into an earlier one settles too', () => {
      const merged = { ...retrying, attempts: [aFinishedAttempt({ number: 1, outcome: 'halted', times: 2 })] };
      expect(standing(merged, { attempt: 2, repeat: true })).toEqual({ kind: 'unsettled' });
    });
  });

  describe('when the provider asked for a wait', () => {
    const waiting = { status: 'queued' as DeliveryStatus, lastAttemptNumber: 1, nextAttemptAt: after(60_000) };
    const second = { attempt: 2, repeat: false };

    it('is early until the last round in the defer queue is over', () => {
      expect(standing(waiting, second, after(30_000))).toEqual({ kind: 'early' });
      expect(standing(waiting, second, after(60_000))).toEqual({ kind: 'due', attempt: 2 });
    });

    it('does not mind clocks that differ by less than half a round', () => {
      expect(standing(waiting, second, after(46_000))).toEqual({ kind: 'due', attempt: 2 });
    });

    it('is due when a person released a retry before its time', () => {
      expect(standing({ ...waiting, status: 'retrying' }, second, testStart)).toEqual({ kind: 'due', attempt: 2 });
    });
  });
});
