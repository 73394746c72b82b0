import { setTimeout as sleep } from 'node:timers/promises';
import { sampleEvent } from '@earlybird/events';
import { queues } from '@earlybird/rabbitmq';
import { eventually, guardLeaks, type RunningSystem, startSystem } from '@earlybird/testing';

/** Enough that some are in the worker's hands at each of its ends; 1,000 show the same (EARLYBIRD_POISON=1000). */
const count = Number(process.env['EARLYBIRD_POISON'] ?? '40');
/** The poisonous one comes in the middle. */
const poisonousIndex = Math.floor(count / 2);
const patience = { withinMs: 120_000 + count * 100 };
/** Events under way to the broker. */
const atOnce = 50;
/** Fewer returns than the broker allows by itself, so that the worker need not be killed twenty times. */
const quickPoison = {
  pattern: '^notifications\\.dispatch$',
  'apply-to': 'queues',
  priority: 10,
  definition: { 'delivery-limit': 5 },
};
const poisonousId = 'poisonous';

describe('an envelope that ends the worker each time', () => {
  let system: RunningSystem;
  let ended = false;
  let stillborn = 0;
  let nursing: Promise<void> = Promise.resolve();
  beforeAll(async () => {
    system = await startSystem({
      workerArguments: ['--import', './apps/worker/test/broken/poison.mjs', 'dist/apps/worker/src/main.js'],
      workerEnv: { NOTIFICATION_DEAD_LETTER_INTERVAL_MS: '500' },
      // As in production, where no envelope counts as lost within this time: a second one would be as poisonous.
      pace: { queuedGraceMs: 600_000 },
    });
    await system.vhost.manage('PUT', 'policies/{vhost}/quick-poison', quickPoison);
    nursing = nurse();
  });
  afterAll(async () => {
    ended = true;
    await nursing;
    await system.stop();
  });

  it(
    `ends failed for poison with an envelope that explains itself, and all ${count - 1} others are sent`,
    async () => {
      for (let from = 0; from < count; from += atOnce)
        await Promise.all(Array.from({ length: Math.min(atOnce, count - from) }, (_, index) => publish(from + index)));
      const poisoned = await eventually(
        async () => {
          const notification = await system.record.notificationOf(poisonousId);
          return notification?.status === 'failed' && notification;
        },
        { ...patience, message: 'the poisonous notification is failed' },
      );
      expect(poisoned).toMatchObject({ statusReason: 'poison', attempts: [] });
      await eventually(
        async () => {
          const sent = await system.record.collection('notifications_log').countDocuments({ status: 'sent' });
          return sent === count - 1;
        },
        { ...patience, message: 'all others are sent' },
      );
      expect((system.workers[0]?.crashes ?? 0) + stillborn).toBeGreaterThanOrEqual(5);
      const [parked, ...more] = await eventually(
        async () => {
          const lying = await system.broker.peek(queues.dispatchDead);
          // While it is adopted, and until the next pass when a worker ends meanwhile, the original lies beside its copy.
          return lying.length === 1 && lying[0]?.headers['x-reason'] === 'poison' && lying;
        },
        { message: 'the envelope explains itself' },
      );
      expect(more).toEqual([]);
      expect(parked?.headers).toMatchObject({
        'x-notification-id': poisoned._id,
        'x-attempt': 1,
        'x-original-routing-key': queues.dispatch,
        'x-detail': expect.stringContaining('came back more often than its limit allows') as unknown,
      });
      expect(parked?.headers).not.toHaveProperty('x-death');
    },
    2 * patience.withinMs,
  );

  it('leaves the dead-letter queue as soon as a person has settled its notification', async () => {
    const { _id } = (await system.record.notificationOf(poisonousId)) ?? {};
    const resolved = { by: 'asha', at: new Date(), how: 'dismissed' };
    await system.record
      .collection<{ _id: string }>('notifications_log')
      .updateOne({ _id: _id ?? '' }, { $set: { resolved } });
    await eventually(async () => (await system.broker.peek(queues.dispatchDead)).length === 0, {
      message: 'the envelope is dropped',
    });
  });

  /** Starts the worker again whenever it has ended, as an orchestrator would. */
  async function nurse(): Promise<void> {
    while (!ended) {
      // A life that ends before it is ready is one of those that the test is about.
      await system.workers[0]?.start().catch(() => (stillborn += 1));
      await sleep(50);
    }
  }

  function publish(index: number): Promise<void> {
    const phone = `+9198765${String(index).padStart(5, '0')}`;
    const id = index === poisonousIndex ? poisonousId : `healthy-${index}`;
    const event = sampleEvent('order.created', { id, time: new Date(), customer: { phone } });
    return system.publishers.publish(id === poisonousId ? { ...event, correlationid: poisonousId } : event);
  }
});

guardLeaks();
