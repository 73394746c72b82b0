import { FakeClock, MemoryValue } from '@earlybird/testing';
import type { Lane } from '../notification/lane.js';
import type { RateBook } from './rate-book.js';
import type { SendPermit } from './send-permit.js';
import { LeasedRate } from './leased-rate.js';

/** Some workers that share the rate of one number. */
function workers(count: number, ratePerSecond: number, departureMs = 0) {
  const clock = new FakeClock();
  const store = new MemoryValue<RateBook>();
  const shares: number[] = [];
  const recipientRate = { burst: 10, refillMs: 6_000 };
  const onShare = (share: number) => shares.push(share);
  const rates = Array.from(
    { length: count },
    (_, index) => new LeasedRate({ store, clock, worker: `worker-${index}`, ratePerSecond, recipientRate, onShare }),
  );
  const [rate, other] = rates as [LeasedRate, LeasedRate];
  const depart = async (permit: SendPermit) => {
    if (permit.kind === 'wait') return;
    if (departureMs > 0) await clock.sleep(departureMs);
    permit.end();
  };
  const leftAt: { readonly at: number; readonly lane: Lane; readonly permit: SendPermit['kind'] }[] = [];
  let phones = 0;
  /** Asks for `count` messages at once, each for a customer of its own; what comes of them is in `leftAt`. */
  const ask = (by: LeasedRate, messages: number, lane: Lane = 'normal') => {
    for (let index = 0; index < messages; index += 1)
      void by.acquire(`phone ${(phones += 1)}`, lane).then(async (permit) => {
        await depart(permit);
        leftAt.push({ at: clock.now().getTime(), lane, permit: permit.kind });
      });
  };
  const granted = (lane?: Lane) =>
    leftAt.filter((entry) => entry.permit === 'granted' && (lane === undefined || entry.lane === lane));
  return { clock, store, shares, rates, rate, other, ask, granted, leftAt };
}

function mostInASecond(moments: readonly { readonly at: number }[]): number {
  return Math.max(
    ...moments.map(({ at: start }) => moments.filter(({ at }) => at >= start && at < start + 1_000).length),
  );
}

describe('the rate of a number', () => {
  it('is kept by two workers together in every second, and used', async () => {
    const { clock, rates, ask, granted } = workers(2, 20);
    for (let step = 0; step < 40; step += 1) {
      for (const each of rates) ask(each, 5);
      await clock.advance(250);
    }
    expect(mostInASecond(granted())).toBeLessThanOrEqual(25);
    expect(granted().length).toBeGreaterThanOrEqual(180);
  });

  it('is kept, and used, when every message takes a while to leave', async () => {
    const { clock, rates, ask, granted } = workers(2, 40, 60);
    for (let step = 0; step < 40; step += 1) {
      for (const each of rates) ask(each, 10);
      await clock.advance(250);
    }
    expect(mostInASecond(granted())).toBeLessThanOrEqual(48);
    expect(granted().length).toBeGreaterThanOrEqual(340);
  });

  it('lets no backlog of those that may leave gather while none of them leaves', async () => {
    const { clock, rates, ask, granted } = workers(2, 40, 1_500);
    for (let step = 0; step < 40; step += 1) {
      for (const each of rates) ask(each, 10);
      await clock.advance(250);
    }
    const moments = granted().map(({ at }) => at);
    const atOnce = Math.max(...moments.map((at) => moments.filter((other) => Math.abs(other - at) < 50).length));
    expect(atOnce).toBeLessThanOrEqual(10);
  });

  it('is the whole rate for the one worker that has something to send', async () => {
    const { clock, rate, other, ask, granted } = workers(2, 20);
    ask(other, 1);
    await clock.advance(3_000);
    for (let step = 0; step < 20; step += 1) {
      ask(rate, 10);
      await clock.advance(250);
    }
    expect(granted().length).toBeGreaterThanOrEqual(90);
    expect(mostInASecond(granted())).toBeLessThanOrEqual(25);
  });

  it('lets a worker that comes in the middle of a second send at once, while the other needs little', async () => {
    const { clock, rate, other, ask, leftAt } = workers(2, 100);
    for (let step = 0; step < 12; step += 1) {
      ask(rate, 1);
      await clock.advance(100);
    }
    const comesAt = clock.now().getTime();
    ask(other, 3);
    await clock.advance(10);
    expect(leftAt.slice(-3)).toEqual(
      Array.from({ length: 3 }, () => expect.objectContaining({ at: comesAt, permit: 'granted' }) as unknown),
    );
  });

  it('costs one look at the store in a second, and none while nothing is sent', async () => {
    const { clock, rate, store, ask, granted } = workers(1, 1_000);
    for (let step = 0; step < 100; step += 1) {
      ask(rate, 5);
      await clock.advance(20);
    }
    expect(granted()).toHaveLength(500);
    // Two seconds that begun, and the next: a read and a write each.
    expect(store.calls).toBeLessThanOrEqual(6);
    const calls = store.calls;
    await clock.advance(3_600_000);
    expect(store.calls).toBe(calls);
    expect(clock.sleeping).toBe(0);
  });

  it('lets nobody wait longer than two seconds in hand', async () => {
    const { clock, rate, ask, leftAt } = workers(1, 1);
    const start = clock.now().getTime();
    ask(rate, 10);
    await clock.advance(2_000);
    expect(leftAt).toHaveLength(10);
    expect(leftAt.every(({ at }) => at - start <= 2_000)).toBe(true);
    expect(leftAt.filter(({ permit }) => permit === 'wait').length).toBeGreaterThanOrEqual(7);
  });

  it('leaves confirmations their way past a campaign: four fifths for it, and the next turn for them', async () => {
    const { clock, rate, ask, granted } = workers(1, 20);
    for (let step = 0; step < 40; step += 1) {
      ask(rate, 20, 'bulk');
      if (step % 4 === 0) ask(rate, 2, 'normal');
      await clock.advance(250);
    }
    expect(granted('normal')).toHaveLength(20);
    expect(mostInASecond(granted('bulk'))).toBeLessThanOrEqual(20);
    expect(mostInASecond(granted())).toBeLessThanOrEqual(25);
  });

  it('rests, for all workers, while the provider asks for it', async () => {
    const { clock, rate, other, ask, granted } = workers(2, 20);
    ask(rate, 1);
    ask(other, 1);
    await clock.advance(1_000);
    const before = granted().length;
    await rate.heed({ kind: 'throttled', scope: 'sender', reason: 'rate', retryAfterMs: 3_000 });
    const restUntil = clock.now().getTime() + 3_000;
    // The other worker learns it with its next share.
    await clock.advance(1_000);
    for (let step = 0; step < 40; step += 1) {
      ask(rate, 1);
      ask(other, 1);
      await clock.advance(100);
    }
    const after = granted().slice(before);
    expect(after.length).toBeGreaterThan(0);
    expect(Math.min(...after.map(({ at }) => at))).toBeGreaterThanOrEqual(restUntil);
  });

  it('does not rest for one customer, or for any other outcome', async () => {
    const { rate, store } = workers(1, 20);
    await rate.heed({ kind: 'throttled', scope: 'recipient', reason: 'pair_rate', retryAfterMs: 6_000 });
    await rate.heed({ kind: 'accepted', providerMessageId: 'wamid' });
    expect(store.calls).toBe(0);
  });

  it('tells its share', async () => {
    const { clock, rate, ask, shares } = workers(1, 20);
    ask(rate, 1);
    await clock.advance(1);
    expect(shares).toEqual([10]);
  });

  it('hands a lost database on to everyone who waits, and begins again', async () => {
    const { clock, rate, store, granted, ask } = workers(1, 20);
    const lost = new Error('away');
    const read = store.read.bind(store);
    store.read = () => Promise.reject(lost);
    const waiting = [rate.acquire('a', 'normal'), rate.acquire('b', 'bulk')];
    await expect(Promise.all(waiting)).rejects.toBe(lost);
    await Promise.allSettled(waiting);
    store.read = read;
    ask(rate, 1);
    await clock.advance(10);
    expect(granted()).toHaveLength(1);
  });
});

describe('the rate of a customer', () => {
  it('sends who has had ten away with the time to wait, and holds up nobody else', async () => {
    const { clock, rate } = workers(1, 1_000);
    const asked = Promise.all(Array.from({ length: 12 }, () => rate.acquire('same', 'normal')));
    await clock.advance(50);
    const first = await asked;
    expect(first.filter(({ kind }) => kind === 'granted')).toHaveLength(10);
    expect(first.at(-1)).toEqual({ kind: 'wait', waitMs: 6_000, reason: 'recipient_rate' });
    await clock.advance(1);
    expect(await rate.acquire('another', 'normal')).toMatchObject({ kind: 'granted' });
    await clock.advance(4_449);
    const soon = rate.acquire('same', 'normal');
    await clock.advance(1_600);
    expect(await soon).toMatchObject({ kind: 'granted' });
  });

  it.each([
    ['back', -3_600_000],
    ['forward', 3_600_000],
  ])('is kept and used when somebody sets the clock %s by an hour', async (_way, byMs) => {
    const { clock, rates, ask, leftAt } = workers(2, 20);
    const left: { readonly at: number }[] = [];
    for (let step = 0; step < 40; step += 1) {
      if (step === 20) clock.set(byMs);
      const before = leftAt.length;
      for (const each of rates) ask(each, 5);
      await clock.advance(250);
      const granted = leftAt.slice(before).filter(({ permit }) => permit === 'granted');
      left.push(...granted.map(() => ({ at: clock.steadyMs() })));
    }
    // In the second in which the clock is set two shares meet: one of the old time, one of the new.
    const calm = left.filter(({ at }) => at <= 5_000 || at > 6_000);
    expect(mostInASecond(calm)).toBeLessThanOrEqual(25);
    expect(mostInASecond(left)).toBeLessThanOrEqual(50);
    expect(left.filter(({ at }) => at > 6_000).length).toBeGreaterThanOrEqual(70);
  });

  it('lets nobody wait longer than two seconds when somebody sets the clock back', async () => {
    const { clock, rate, ask, leftAt } = workers(1, 1);
    ask(rate, 10);
    await clock.advance(500);
    clock.set(-3_600_000);
    await clock.advance(1_500);
    expect(leftAt).toHaveLength(10);
  });

  it('does not rest for an hour when somebody sets the clock back by one', async () => {
    const { clock, rate, ask, granted } = workers(1, 20);
    await rate.heed({ kind: 'throttled', scope: 'sender', reason: 'rate', retryAfterMs: 30_000 });
    clock.set(-3_600_000);
    ask(rate, 5);
    await clock.advance(2_000);
    expect(granted()).toHaveLength(5);
  });
});
