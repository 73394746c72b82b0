import { outcomes } from '@earlybird/testing';
import { FailureShare } from './failure-share.js';
import type { Outcome } from './outcome.js';

const accepted: Outcome = { kind: 'accepted', providerMessageId: 'wamid' };
const throttled: Outcome = { kind: 'throttled', scope: 'recipient', reason: 'pair_rate', retryAfterMs: 6_000 };

/** Notes `count` outcomes, each of a recipient of its own, one every `everyMs`; answers with the causes of a halt. */
function noteMany(share: FailureShare, outcome: Outcome, count: number, { from = 0, everyMs = 10, name = 'r' } = {}) {
  return Array.from({ length: count }, (_, index) =>
    share.note(`${name}${index}`, outcome, from + index * everyMs),
  ).filter((cause) => cause !== undefined);
}

describe('the share of failures', () => {
  it.each<[string, Outcome, string]>([
    ['unknown', outcomes.unknown, 'most messages fail: timeout'],
    ['deferred', outcomes.deferred, 'most messages fail: provider_error'],
  ])('halts when fifty recipients within a minute are all %s', (_kind, outcome, reason) => {
    const share = new FailureShare();
    expect(noteMany(share, outcome, 49)).toEqual([]);
    expect(share.note('the fiftieth', outcome, 500)).toMatchObject({ scope: 'failures', reason });
  });

  it('halts at four fifths and not below', () => {
    for (const [good, halts] of [
      [12, 0],
      [11, 1],
    ] as const) {
      const share = new FailureShare();
      noteMany(share, accepted, good, { name: 'good' });
      expect(noteMany(share, outcomes.unknown, 45).length > 0).toBe(halts === 1);
    }
  });

  it('counts a recipient once, however often it is tried', () => {
    const share = new FailureShare();
    for (let times = 0; times < 1_000; times += 1)
      expect(share.note('+919999900003', outcomes.unknown, times)).toBeUndefined();
  });

  it('counts the latest of a recipient', () => {
    const share = new FailureShare();
    noteMany(share, outcomes.unknown, 49);
    noteMany(share, accepted, 49, { from: 1_000 });
    expect(share.note('another', outcomes.unknown, 2_000)).toBeUndefined();
  });

  it('forgets what is older than a minute', () => {
    const share = new FailureShare();
    noteMany(share, outcomes.unknown, 49);
    expect(share.note('late', outcomes.unknown, 60_490)).toBeUndefined();
    expect(noteMany(new FailureShare(), outcomes.unknown, 200, { everyMs: 1_300 })).toEqual([]);
  });

  it('does not mind what says nothing of the provider: throttled and halted ones', () => {
    const share = new FailureShare();
    expect([...noteMany(share, throttled, 100), ...noteMany(share, outcomes.halted, 100)]).toEqual([]);
    expect(noteMany(share, outcomes.unknown, 49, { name: 'other' })).toEqual([]);
  });

  it('takes refusals for answers', () => {
    const share = new FailureShare();
    noteMany(share, outcomes.refused, 50);
    expect(noteMany(share, outcomes.unknown, 60, { name: 'other' })).toEqual([]);
  });

  it('begins anew when it is cleared', () => {
    const share = new FailureShare();
    noteMany(share, outcomes.unknown, 49);
    share.clear();
    expect(noteMany(share, outcomes.unknown, 49, { name: 'other' })).toEqual([]);
    expect(noteMany(share, outcomes.unknown, 1, { name: 'last' })).toHaveLength(1);
  });
});
