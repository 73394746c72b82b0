import { aFinishedAttempt, aPolicy, after, testStart } from '@earlybird/testing';
import { attemptsExhausted, type Judgement, judgeAttempt } from './judge-attempt.js';
import type { Outcome } from './outcome.js';

const minute = 60_000;
const policy = aPolicy();
const failure = { reason: 'provider_error', errorCode: '131000', httpStatus: 500 };
const accepted: Outcome = { kind: 'accepted', providerMessageId: 'wamid' };
const deferred: Outcome = { kind: 'deferred', ...failure };
const refused: Outcome = { kind: 'refused', ...failure };
const unknown: Outcome = { kind: 'unknown', reason: 'timeout' };
const halted: Outcome = { kind: 'halted', scope: 'account', reason: 'unauthorised' };
const throttled = (retryAfterMs: number): Outcome => ({
  kind: 'throttled',
  scope: 'sender',
  reason: 'rate',
  retryAfterMs,
});

/** A notification that has used up `counted` attempts, and was put back twice besides. */
const having = (counted: number) => ({
  attempts: [
    aFinishedAttempt({ number: 1, outcome: 'halted', times: 7 }),
    ...Array.from({ length: counted }, (_, index) => aFinishedAttempt({ number: index + 2, outcome: 'deferred' })),
    aFinishedAttempt({ number: 20, outcome: 'throttled' }),
  ],
});

const retrying: Judgement = {
  status: 'retrying',
  counted: true,
  statusReason: 'provider_error',
  nextAttemptAt: after(5 * minute),
  wakeAt: after(15 * minute),
};
const doubtful: Judgement = { status: 'unknown', counted: true, statusReason: 'timeout' };
const putBack = (reason: string, ms = 30_000): Judgement => ({
  status: 'queued',
  counted: false,
  statusReason: reason,
  nextAttemptAt: after(ms),
  wakeAt: after(ms + 30 * minute),
});
const scheduled = (ms: number): Judgement => ({
  status: 'scheduled',
  counted: false,
  statusReason: 'rate',
  dueAt: after(ms),
  wakeAt: after(ms),
});

describe('judging an attempt', () => {
  it.each<[string, number, Outcome, 'resend' | 'hold', Judgement]>([
    ['accepted → sent', 0, accepted, 'resend', { status: 'sent', counted: true }],
    ['accepted, at last → sent', 2, accepted, 'hold', { status: 'sent', counted: true }],
    ['refused → failed', 0, refused, 'resend', { status: 'failed', counted: true, statusReason: 'provider_error' }],
    ['deferred, first → retrying', 0, deferred, 'resend', retrying],
    ['deferred, second → retrying', 1, deferred, 'hold', retrying],
    [
      'deferred, third → failed',
      2,
      deferred,
      'resend',
      { status: 'failed', counted: true, statusReason: attemptsExhausted },
    ],
    ['unknown under resend → retrying', 0, unknown, 'resend', { ...retrying, statusReason: 'timeout' }],
    ['unknown under hold → unknown', 0, unknown, 'hold', doubtful],
    ['unknown, third, under resend → unknown', 2, unknown, 'resend', doubtful],
    ['unknown, third, under hold → unknown', 2, unknown, 'hold', doubtful],
    ['halted → queued, uncounted', 0, halted, 'resend', putBack('unauthorised')],
    ['halted after two counted → queued, uncounted', 2, halted, 'hold', putBack('unauthorised')],
    ['throttled, no wait named → queued', 0, throttled(0), 'resend', putBack('rate')],
    ['throttled by 2 s → queued', 2, throttled(2_000), 'resend', putBack('rate')],
    ['throttled by 30 s → queued, one round', 0, throttled(30_000), 'hold', putBack('rate')],
    ['throttled by 31 s → queued, two rounds', 0, throttled(31_000), 'hold', putBack('rate', 60_000)],
    ['throttled by 60 s → queued, two rounds', 0, throttled(60_000), 'hold', putBack('rate', 60_000)],
    ['throttled by more → scheduled', 0, throttled(60_001), 'resend', scheduled(60_001)],
    ['throttled by a day → scheduled', 2, throttled(86_400_000), 'resend', scheduled(86_400_000)],
  ])('%s', (_title, counted, outcome, onUnknown, expected) => {
    expect(judgeAttempt(having(counted), outcome, onUnknown, policy, testStart)).toStrictEqual(expected);
  });

  it('keeps the reason for which it left all the same when it is accepted', () => {
    const statusReason = 'quiet_hours_overridden_by_validity';
    expect(judgeAttempt({ ...having(0), statusReason }, accepted, 'hold', policy, testStart).statusReason).toBe(
      statusReason,
    );
  });

  it('ends after the first attempt when there is only one', () => {
    const once = aPolicy({ retry: { maxAttempts: 1, delayMs: minute, backoff: 'fixed' } });
    expect(judgeAttempt(having(0), deferred, 'resend', once, testStart)).toMatchObject({
      status: 'failed',
      statusReason: attemptsExhausted,
    });
    expect(judgeAttempt(having(0), unknown, 'resend', once, testStart)).toMatchObject({ status: 'unknown' });
  });

  it('doubles the wait when that is the policy', () => {
    const doubling = aPolicy({ retry: { maxAttempts: 4, delayMs: 5 * minute, backoff: 'exponential' } });
    const waits = [0, 1, 2].map(
      (counted) => judgeAttempt(having(counted), deferred, 'resend', doubling, testStart).nextAttemptAt,
    );
    expect(waits).toEqual([after(5 * minute), after(10 * minute), after(20 * minute)]);
  });

  it('wakes whatever is not at its end, and nothing else', () => {
    for (const outcome of [accepted, deferred, refused, unknown, halted, throttled(1), throttled(90_000)])
      for (const counted of [0, 1, 2])
        for (const onUnknown of ['resend', 'hold'] as const) {
          const { status, wakeAt } = judgeAttempt(having(counted), outcome, onUnknown, policy, testStart);
          expect([status, wakeAt !== undefined]).toEqual([
            status,
            ['queued', 'retrying', 'scheduled'].includes(status),
          ]);
        }
  });
});
