import { sampleEvent } from '@earlybird/events';
import { queues } from '@earlybird/rabbitmq';
import {
  eventually,
  guardLeaks,
  httpCall,
  launchApp,
  type RunningApp,
  type JournalLine,
  type RunningSystem,
  type SystemProcess,
  startSystem,
} from '@earlybird/testing';
import { mostInASecond } from './support/most-in-a-second.js';

/** Enough that most are in the queue while the provider is away; 5,000 show the same (EARLYBIRD_OUTAGE=5000), in four minutes. */
const notifications = Number(process.env['EARLYBIRD_OUTAGE'] ?? '200');
/** A minute for 5,000. */
const leastOutageMs = 12 * notifications;
const ratePerSecond = 40;
/** Three times as long as the drain takes at the full rate. */
const patience = { withinMs: 60_000 + (3 * notifications * 1_000) / ratePerSecond };
const limitMs = 120_000 + leastOutageMs + patience.withinMs;
/** What leaves in one second beside the rate, at most: 15 % of it and one message for each of two workers. */
const burst = 0.15 * ratePerSecond + 2;
/** What the simulator may see of it at once: on a busy machine one request takes a tenth of a second longer than the next. */
const onTheWay = 0.1 * ratePerSecond;

describe('a provider that refuses connections and then the account', () => {
  let system: RunningSystem;
  const lives: RunningApp[] = [];
  beforeAll(async () => {
    system = await startSystem({
      workers: 2,
      workerEnv: {
        MYOPERATOR_RATE_PER_SECOND: String(ratePerSecond),
        MYOPERATOR_PROBE_MIN_MS: '500',
        MYOPERATOR_PROBE_MAX_MS: '1000',
      },
      // What only waits for its turn is not lost.
      pace: { deferDelayMs: 500, queuedGraceMs: 60_000 },
    });
  });
  afterAll(async () => {
    await Promise.all(lives.map((life) => life.kill()));
    await system.stop();
  });

  it(
    'costs waiting only: no attempt, nobody set aside, and everything is sent at the set rate afterwards',
    async () => {
      await fault({ fault: 'outage' });
      const awayAt = Date.now();
      await Promise.all(Array.from({ length: notifications }, (_, index) => publish(`waiting-${index}`, index)));
      await halted(...system.workers);
      const reasons = (await readiness(worker(0))).filter((reason) => reason.includes('MyOperator'));
      expect(reasons.join()).toMatch(/halted since .*: connection_refused; next probe /);

      await fault({ fault: 'account' });
      await eventually(() => probes().some((line) => line['reason'] !== 'connection_refused'), {
        message: 'a probe meets the closed account',
      });
      // In the middle of it one worker dies and another life begins.
      await worker(1).kill();
      const before = (await journal()).length;
      const attemptsBefore = await attemptsMade();
      const reborn = await launchApp(worker(1).settings);
      lives.push(reborn);
      await eventually(() => reborn.log('provider_halted').length > 0, {
        message: 'the restarted worker finds the halt',
      });
      const probesBefore = probes().length;
      // The worker that died may have held the claim to probe, which ends with its lease.
      await eventually(() => probes().length >= probesBefore + 3, {
        message: 'the account is probed again and again',
      });
      const sentMeanwhile = (await journal()).slice(before).filter(({ kind }) => kind === 'arrival');
      expect(sentMeanwhile.filter(({ notificationId }) => notificationId !== undefined)).toEqual([]);
      expect(await attemptsMade()).toBe(attemptsBefore);
      expect((await journal()).length).toBeGreaterThan(before);

      await eventually(() => Date.now() - awayAt >= leastOutageMs, { ...patience, message: 'the outage has lasted' });
      expect(await attemptsMade()).toBe(attemptsBefore);

      await fault();
      const log = system.record.collection('notifications_log');
      await eventually(async () => (await log.countDocuments({ status: 'sent' })) === notifications, {
        ...patience,
        message: 'everything is sent',
      });
      const all = await system.record.notifications();
      expect(all).toHaveLength(notifications);
      for (const { attempts } of all)
        expect(attempts.filter(({ counted }) => counted)).toMatchObject([{ outcome: 'accepted' }]);
      expect(await system.broker.depth(queues.dispatchDead)).toBe(0);
      const deliveries = (await journal()).filter(({ kind }) => kind === 'delivery');
      expect(new Set(deliveries.map(({ notificationId }) => notificationId)).size).toBe(notifications);
      expect(deliveries).toHaveLength(notifications);
      const starts = all.map(({ attempts }) => attempts.find(({ counted }) => counted)?.startedAt.getTime() ?? 0);
      expect(mostInASecond(starts)).toBeLessThanOrEqual(ratePerSecond + burst);
      const arrivals = deliveries.map(({ at }) => Date.parse(at));
      expect(mostInASecond(arrivals)).toBeLessThanOrEqual(ratePerSecond + burst + onTheWay);
      const drainedInSeconds = (Math.max(...starts) - Math.min(...starts)) / 1_000;
      expect(notifications).toBeLessThanOrEqual(ratePerSecond * drainedInSeconds + burst);
      for (const each of system.workers)
        await eventually(async () => (await readiness(each)).length === 0, { message: `${each.name} is ready` });
      expect(worker(0).log('provider_halted')).toHaveLength(1);
      expect(worker(0).log('provider_recovered')).toHaveLength(1);
    },
    limitMs,
  );

  function worker(index: number): SystemProcess {
    const found = system.workers[index];
    if (found === undefined) throw new Error(`there is no worker ${index}`);
    return found;
  }

  /** How many attempts were started, uncounted ones included. */
  async function attemptsMade(): Promise<number> {
    const kept = await system.record.notifications();
    return kept.reduce((sum, { lastAttemptNumber }) => sum + lastAttemptNumber, 0);
  }

  function probes() {
    return [...system.workers, ...lives].flatMap((each) => each.log('provider_probed'));
  }

  function journal(): Promise<readonly JournalLine[]> {
    return system.journal();
  }

  async function fault(rule?: object): Promise<void> {
    const { status } =
      rule === undefined
        ? await system.callSimulator('DELETE', '/faults')
        : await system.callSimulator('PUT', '/faults', rule);
    expect(status).toBe(200);
  }

  async function halted(...workers: readonly SystemProcess[]): Promise<void> {
    for (const each of workers)
      await eventually(() => each.log('provider_halted').length > 0, {
        message: `${each.name} is halted`,
      });
  }

  function publish(id: string, index: number): Promise<void> {
    const phone = `+9198765${String(40_000 + index)}`;
    return system.publishers.publish(sampleEvent('order.created', { id, time: new Date(), customer: { phone } }));
  }
});

/** Why a worker is not ready; empty when it is. */
async function readiness({ settings }: SystemProcess): Promise<readonly string[]> {
  const { body } = await httpCall('GET', settings.readyUrl ?? '');
  const { checks } = body as { readonly checks: readonly { readonly ok: boolean; readonly reason?: string }[] };
  return checks.filter(({ ok }) => !ok).map(({ reason = '' }) => reason);
}

guardLeaks();
