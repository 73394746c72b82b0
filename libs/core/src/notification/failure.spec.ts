import { aFinishedAttempt, after, aNotification } from '@earlybird/testing';
import type { Notification } from './notification.js';
import { causeOf, type Failure, groupFailures } from './failure.js';

describe('the cause of a failure', () => {
  const receipt = (errorCode?: string) => ({
    status: 'failed' as const,
    at: after(1),
    receivedAt: after(2),
    ...(errorCode === undefined ? {} : { errorCode }),
  });
  const deferred = aFinishedAttempt({ outcome: 'deferred', reason: 'provider_error', errorCode: '131000' });
  const accepted = aFinishedAttempt({ number: 2, outcome: 'accepted', providerMessageId: 'myop-1' });

  it.each<[Partial<Notification>, string]>([
    [{ statusReason: 'attempts_exhausted', attempts: [deferred] }, 'provider_error 131000'],
    [
      { statusReason: 'attempts_exhausted', attempts: [{ ...deferred, errorCode: undefined as never }] },
      'provider_error',
    ],
    [
      {
        statusReason: 'bad_number',
        attempts: [aFinishedAttempt({ outcome: 'refused', reason: 'bad_number', errorCode: '131026' })],
      },
      'bad_number 131026',
    ],
    [{ statusReason: 'failed_receipt', attempts: [accepted], receipts: [receipt('131026')] }, 'failed_receipt 131026'],
    [{ statusReason: 'failed_receipt', attempts: [accepted], receipts: [receipt()] }, 'failed_receipt'],
    [{ statusReason: 'missing_variable area' }, 'missing_variable area'],
    [{ statusReason: 'lost_or_poison', attempts: [deferred] }, 'lost_or_poison'],
    [{ statusReason: 'timeout', attempts: [aFinishedAttempt({ outcome: 'unknown', reason: 'timeout' })] }, 'timeout'],
    [{ attempts: [deferred] }, 'provider_error 131000'],
    [{}, 'unexplained'],
  ])('of %j is %s', (parts, cause) => {
    expect(causeOf(aNotification({ status: 'failed', ...parts }))).toBe(cause);
  });
});

describe('groups of failures', () => {
  const failure = (id: string, parts: Partial<Failure> = {}): Failure => ({
    id,
    status: 'failed',
    messageType: 'new_product',
    cause: 'timeout',
    createdAt: after(0),
    ...parts,
  });

  it('count what failed alike, the greatest group first, with the newest as a sample', () => {
    const groups = groupFailures([
      failure('a', { cause: 'bad_number' }),
      failure('b', { createdAt: after(1) }),
      failure('c', { createdAt: after(3), status: 'unknown' }),
      failure('d', { createdAt: after(2) }),
      failure('e', { messageType: 'churn_risk' }),
    ]);
    expect(groups.map(({ cause, messageType, count }) => [cause, messageType, count])).toEqual([
      ['timeout', 'new_product', 3],
      ['bad_number', 'new_product', 1],
      ['timeout', 'churn_risk', 1],
    ]);
    expect(groups[0]).toMatchObject({
      failed: 2,
      unknown: 1,
      firstAt: after(1),
      lastAt: after(3),
      sample: { id: 'c' },
    });
  });

  it('of nothing are none', () => {
    expect(groupFailures([])).toEqual([]);
  });
});
