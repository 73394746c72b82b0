import { aFinishedAttempt, aNotification, aPolicy } from '@earlybird/testing';
import { type DeliveryStatus, deliveryStatuses } from '../notification/delivery-status.js';
import { attemptsExhausted } from './judge-attempt.js';
import { type Settlement, settlementOf } from './settlement.js';

const policy = aPolicy({ retry: { maxAttempts: 4, delayMs: 60_000, backoff: 'exponential' } });
const twoAttempts = [
  aFinishedAttempt({ number: 1, outcome: 'deferred' }),
  aFinishedAttempt({ number: 2, outcome: 'halted' }),
  aFinishedAttempt({ number: 3, outcome: 'deferred' }),
];
const after3 = { attempts: twoAttempts, lastAttemptNumber: 3 };

describe('settling', () => {
  it('asks for the next attempt after the delay of the counted ones', () => {
    expect(settlementOf(aNotification({ ...after3, status: 'retrying' }), policy)).toEqual({
      kind: 'retry',
      attempt: 4,
      delayMs: 120_000,
    });
  });

  it('defers what was put back', () => {
    expect(settlementOf(aNotification({ ...after3, status: 'queued' }), policy)).toEqual({ kind: 'defer', attempt: 4 });
  });

  it('parks what has no attempt left, and nothing else that failed', () => {
    const failed = aNotification({ ...after3, status: 'failed' });
    expect(settlementOf({ ...failed, statusReason: attemptsExhausted }, policy)).toEqual({ kind: 'park' });
    for (const statusReason of ['bad_number', 'lost_or_poison', 'failed_receipt'])
      expect(settlementOf({ ...failed, statusReason }, policy)).toEqual({ kind: 'done' });
  });

  it.each(deliveryStatuses)('leaves an envelope behind only where one is needed (%s)', (status) => {
    const expected: Partial<Record<DeliveryStatus, Settlement['kind']>> = { retrying: 'retry', queued: 'defer' };
    expect(settlementOf(aNotification({ ...after3, status }), policy).kind).toBe(expected[status] ?? 'done');
  });
});
