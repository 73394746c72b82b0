import {
  type DispatchEnvelope,
  type DispatchQueue,
  type Lane,
  type WaitingStory,
  AppError,
  isLostInfrastructure,
} from '@earlybird/core';
import { after } from '../builders/instant.js';

/** A dispatch queue on empty lanes, and the far side of it. */
export interface DispatchQueueUnderTest {
  readonly queue: DispatchQueue;
  /** A delay for which there is a delay queue; short, at least 200 ms. */
  readonly retryDelayMs: number;
  /** How long `defer` waits; short, at least 200 ms. */
  readonly deferDelayMs: number;
  /** Takes one ready envelope for good; undefined when none is ready. */
  take(lane: Lane): Promise<DispatchEnvelope | undefined>;
  /** Everything that is parked. */
  parked(): Promise<readonly { readonly envelope: DispatchEnvelope; readonly story: WaitingStory }[]>;
  now(): Date;
  /** Lets time go by, as this queue counts it. */
  pass(ms: number): Promise<void>;
  /** From now on the broker does not answer. Called last. */
  loseBroker(): Promise<void>;
  close(): Promise<void>;
}

/** How long an envelope may take to its lane beyond its delay, and how exactly a broker keeps a delay. */
const patienceMs = 5_000;
const brokerToleranceMs = 5;
const stepMs = 20;

/** What every DispatchQueue promises (broker.md). Nothing is said of the order of envelopes. */
export function dispatchQueueContract(name: string, makeQueue: () => Promise<DispatchQueueUnderTest>): void {
  describe(`${name} keeps the contract of the dispatch queue`, () => {
    let under: DispatchQueueUnderTest;
    let made = 0;
    beforeAll(async () => {
      under = await makeQueue();
    });
    afterAll(() => under.close());

    const anEnvelope = (parts: Partial<DispatchEnvelope> = {}): DispatchEnvelope => ({
      notificationId: `msg_${(made += 1)}`,
      attempt: 1,
      lane: 'normal',
      repeat: false,
      correlationId: `correlation-${made}`,
      ...parts,
    });
    const eventually = async <Answer>(ask: () => Promise<Answer | undefined>, what: string): Promise<Answer> => {
      for (let waited = 0; waited <= patienceMs; waited += stepMs) {
        const answer = await ask();
        if (answer !== undefined) return answer;
        await under.pass(stepMs);
      }
      throw new Error(`${what} did not happen within ${patienceMs} ms`);
    };
    const arrival = (lane: Lane) => eventually(() => under.take(lane), `an arrival in the ${lane} lane`);

    it.each(['normal', 'bulk'] as const)('brings an envelope whole into the %s lane and no other', async (lane) => {
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const envelopes = [anEnvelope({ lane }), anEnvelope({ lane, attempt: 7, repeat: true, traceparent })];
      for (const envelope of envelopes) await under.queue.enqueue(envelope);
      const arrived = [await arrival(lane), await arrival(lane)].sort((a, b) => a.attempt - b.attempt);
      expect(arrived).toStrictEqual(envelopes);
      expect(await under.take(lane === 'normal' ? 'bulk' : 'normal')).toBeUndefined();
    });

    it('brings a hundred enqueued at once, each once', async () => {
      const envelopes = Array.from({ length: 100 }, () => anEnvelope());
      await Promise.all(envelopes.map((envelope) => under.queue.enqueue(envelope)));
      const arrived: string[] = [];
      while (arrived.length < 100) arrived.push((await arrival('normal')).notificationId);
      expect(arrived.sort()).toEqual(envelopes.map(({ notificationId }) => notificationId).sort());
      expect(await under.take('normal')).toBeUndefined();
    });

    it('counts what is ready in a lane', async () => {
      expect(await under.queue.depth('bulk')).toBe(0);
      for (let times = 0; times < 3; times += 1) await under.queue.enqueue(anEnvelope({ lane: 'bulk' }));
      const full = async () => ((await under.queue.depth('bulk')) === 3 ? true : undefined);
      await eventually(full, 'a depth of 3');
      expect(await under.queue.depth('normal')).toBe(0);
      for (let times = 0; times < 3; times += 1) await arrival('bulk');
    });

    const story: WaitingStory = {
      reason: 'provider_error',
      errorCode: '131000',
      nextAttemptAt: after(300_000),
      firstFailedAt: after(0),
    };

    it.each([
      ['retryLater', 'normal'],
      ['retryLater', 'bulk'],
      ['defer', 'normal'],
      ['defer', 'bulk'],
    ] as const)('%s brings it into the %s lane after its delay and not before', async (way, lane) => {
      const envelope = anEnvelope({ lane, attempt: 2, repeat: way === 'defer' });
      const delayMs = way === 'defer' ? under.deferDelayMs : under.retryDelayMs;
      const begin = under.now().getTime();
      if (way === 'defer') await under.queue.defer(envelope, story);
      else await under.queue.retryLater(envelope, delayMs, story);
      expect(await under.queue.depth(lane)).toBe(0);
      const arrived = await arrival(lane);
      expect(arrived).toStrictEqual(envelope);
      const waitedMs = under.now().getTime() - begin;
      expect(waitedMs).toBeGreaterThanOrEqual(delayMs - brokerToleranceMs);
      expect(waitedMs).toBeLessThan(delayMs + patienceMs);
    });

    it('does not let a short wait stand behind a long one', async () => {
      const [shorter, longer] = [under.retryDelayMs, under.deferDelayMs].sort((a, b) => a - b);
      const first = anEnvelope();
      const second = anEnvelope();
      const send = (envelope: DispatchEnvelope, delayMs: number | undefined) =>
        delayMs === under.retryDelayMs
          ? under.queue.retryLater(envelope, under.retryDelayMs, story)
          : under.queue.defer(envelope, story);
      await send(first, longer);
      await send(second, shorter);
      const arrived = [(await arrival('normal')).notificationId, (await arrival('normal')).notificationId];
      if (shorter !== longer) expect(arrived).toEqual([second.notificationId, first.notificationId]);
    });

    it('parks an envelope with its story, for a person and no lane', async () => {
      const bare = anEnvelope({ attempt: 3 });
      const told = anEnvelope({ lane: 'bulk', attempt: 3 });
      await under.queue.park(bare, { reason: 'notification_missing' });
      await under.queue.park(told, story);
      const both = async () => ((await under.parked()).length === 2 ? under.parked() : undefined);
      const parked = await eventually(both, 'two parked envelopes');
      expect(new Map(parked.map((entry) => [entry.envelope.notificationId, entry]))).toEqual(
        new Map([
          [bare.notificationId, { envelope: bare, story: { reason: 'notification_missing' } }],
          [told.notificationId, { envelope: told, story }],
        ]),
      );
      expect(await under.take('bulk')).toBeUndefined();
      expect(await under.take('normal')).toBeUndefined();
    });

    it('parks with the longest story', async () => {
      const envelope = anEnvelope();
      await under.queue.park(envelope, { reason: 'r'.repeat(100_000) });
      const entry = async () =>
        (await under.parked()).find((it) => it.envelope.notificationId === envelope.notificationId);
      expect((await eventually(entry, 'the parked envelope')).story.reason).toMatch(/^r{100,}/);
    });

    it('throws what waiting cures when the broker is away', async () => {
      await under.loseBroker();
      const calls = [
        () => under.queue.enqueue(anEnvelope()),
        () => under.queue.retryLater(anEnvelope(), under.retryDelayMs, story),
        () => under.queue.defer(anEnvelope(), story),
        () => under.queue.park(anEnvelope(), story),
        () => under.queue.depth('normal'),
      ];
      for (const call of calls) {
        const error = await call().then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(error).toBeInstanceOf(AppError);
        expect(isLostInfrastructure(error)).toBe(true);
        expect(['broker_unavailable', 'publish_unconfirmed']).toContain((error as AppError).code);
      }
    });
  });
}
