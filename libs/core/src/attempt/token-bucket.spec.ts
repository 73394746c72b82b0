import fc from 'fast-check';
import type { Lane } from '../notification/lane.js';
import { TokenBucket } from './token-bucket.js';

/** Takes as often as it can at every millisecond, and uses what it has taken; answers with the moments. */
function takenWithin(bucket: TokenBucket, lane: Lane, fromMs: number, toMs: number): readonly number[] {
  const moments: number[] = [];
  for (let now = fromMs; now < toMs; now += 1) while (takeAndUse(bucket, lane, now)) moments.push(now);
  return moments;
}

function takeAndUse(bucket: TokenBucket, lane: Lane, now: number): boolean {
  const taken = bucket.take(lane, now);
  if (taken) bucket.use(now);
  return taken;
}

function takeAll(bucket: TokenBucket, now: number): number {
  let count = 0;
  while (bucket.take('normal', now)) count += 1;
  return count;
}

function bucketOf(share: number): TokenBucket {
  const bucket = new TokenBucket();
  bucket.setShare(share, 0);
  return bucket;
}

describe('the token bucket', () => {
  it('spreads a share evenly over its second', () => {
    const moments = takenWithin(bucketOf(10), 'normal', 0, 1_000);
    expect(moments).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
  });

  it('lets one and 0.15 s of its share go at once after a quiet moment, and no more', () => {
    const bucket = bucketOf(100);
    expect(takenWithin(bucket, 'normal', 5_000, 5_001)).toHaveLength(16);
    expect(takenWithin(bucket, 'normal', 60_000, 60_001)).toHaveLength(16);
  });

  it('saves nothing up while as much is taken and not used yet', () => {
    const bucket = bucketOf(100);
    expect(takeAll(bucket, 5_000)).toBe(16);
    expect(takeAll(bucket, 60_000)).toBe(0);
    for (let used = 0; used < 16; used += 1) bucket.use(60_000);
    expect(takeAll(bucket, 60_009)).toBe(0);
    expect(takeAll(bucket, 60_020)).toBe(2);
  });

  it('holds back for those that are out when its share becomes smaller', () => {
    const bucket = bucketOf(100);
    expect(takeAll(bucket, 5_000)).toBe(16);
    bucket.setShare(10, 5_000);
    for (let used = 0; used < 14; used += 1) bucket.use(5_000);
    expect(takeAll(bucket, 60_000)).toBe(0);
    bucket.use(60_000);
    expect(takeAll(bucket, 61_000)).toBe(1);
  });

  it('gives the bulk lane four fifths', () => {
    expect(takenWithin(bucketOf(10), 'bulk', 0, 10_000)).toHaveLength(80);
  });

  it('leaves the normal lane its fifth while the bulk lane takes all it can', () => {
    const bucket = bucketOf(10);
    let normal = 0;
    for (let now = 0; now < 10_000; now += 1) {
      while (takeAndUse(bucket, 'bulk', now));
      if (takeAndUse(bucket, 'normal', now)) normal += 1;
    }
    expect(normal).toBeGreaterThanOrEqual(19);
  });

  it('has nothing without a share, and says so', () => {
    const bucket = bucketOf(10);
    bucket.setShare(0, 500);
    expect(takenWithin(bucket, 'normal', 500, 5_000)).toEqual([]);
    expect(bucket.msUntil('normal')).toBe(Infinity);
  });

  it('says how long the next token takes', () => {
    const bucket = bucketOf(10);
    takeAndUse(bucket, 'bulk', 0);
    expect(bucket.msUntil('normal')).toBeCloseTo(100);
    expect(bucket.msUntil('bulk')).toBeCloseTo(125);
  });

  it('never lets more than the share and its burst go within any second, whatever the share was before', () => {
    const shares = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(shares, (perSecond) => {
        const bucket = new TokenBucket();
        const moments = perSecond.flatMap((share, second) => {
          bucket.setShare(share, second * 1_000);
          return takenWithin(bucket, 'normal', second * 1_000, (second + 1) * 1_000);
        });
        const most = Math.max(...perSecond);
        for (const start of moments) {
          const within = moments.filter((at) => at >= start && at < start + 1_000).length;
          expect(within).toBeLessThanOrEqual(most + 1 + 0.15 * most);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('never lets more than that leave within any second, however long each takes from token to departure', () => {
    const tookMs = fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 3_000 })), {
      minLength: 1,
      maxLength: 50,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), tookMs, (share, takes) => {
        const bucket = bucketOf(share);
        const departures: number[] = [];
        let under: readonly number[] = [];
        let count = 0;
        for (let now = 0; now < 8_000; now += 1) {
          for (const _ of under.filter((at) => at <= now)) bucket.use(now);
          departures.push(...under.filter((at) => at <= now).map(() => now));
          under = under.filter((at) => at > now);
          while (bucket.take('normal', now)) under = [...under, now + 1 + (takes[(count += 1) % takes.length] ?? 0)];
        }
        for (const start of departures) {
          const within = departures.filter((at) => at >= start && at < start + 1_000).length;
          expect(within).toBeLessThanOrEqual(share + 1 + 0.15 * share);
        }
      }),
      { numRuns: 30 },
    );
  });
});
