import { setTimeout as sleep } from 'node:timers/promises';
import { sampleEvent } from '@earlybird/events';
import { migrate, MongoConnection } from '@earlybird/mongodb';
import { seedTemplates } from '@earlybird/nunjucks';
import {
  eventually,
  guardLeaks,
  prepareSystem,
  type RecordedNotification,
  type RunningSystem,
} from '@earlybird/testing';

/** What becomes of a customer's message when nothing is killed. */
const customers = {
  told: '+919876500001',
  'told on the third attempt': '+919999900002',
  'told, but the answer is cut off': '+919999900003',
  'not on WhatsApp': '+919999900001',
} as const;
type Fate = keyof typeof customers;
const fates: readonly Fate[] = [
  'told',
  'told',
  'told',
  'told',
  'told on the third attempt',
  'told, but the answer is cut off',
  'not on WhatsApp',
];
const count = 60;
const kills = 4;
/** A little longer than a kill and a start take, so that each kill meets work. */
const betweenEventsMs = 100;
const queue = 'notifications.floor';

describe('the floor of the benchmarks, killed again and again', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await prepareSystem({ workerArguments: ['--import', 'tsx', 'tools/bench/floor.ts'] });
    const connection = new MongoConnection({ url: system.databaseUrl, appName: 'test' });
    await connection.connect();
    await migrate(connection, { seeds: seedTemplates(), print: () => undefined });
    await connection.close();
    await Promise.all(system.processes.map((process) => process.start()));
  }, 60_000);
  afterAll(() => system.stop());

  it('loses nothing, and tells nobody twice without a doubt on record', async () => {
    const events = Array.from({ length: count }, (_, index) => {
      const fate = fates[index % fates.length] ?? 'told';
      const phone = fate === 'told' ? `+9198765${10_000 + index}` : customers[fate];
      return {
        fate,
        event: sampleEvent('order.created', { id: `event-${index}`, time: new Date(), customer: { phone } }),
      };
    });
    const [worker] = system.workers;
    let published = 0;
    const flow = (async () => {
      for (const { event } of events) {
        // Every event comes twice: copies are to change nothing.
        await Promise.all([system.publishers.publish(event), system.publishers.publish(event)]);
        published += 1;
        await sleep(betweenEventsMs);
      }
    })();
    for (let kill = 1; kill <= kills; kill += 1) {
      await eventually(async () => published >= (kill * count) / (kills + 1), { message: `kill ${kill} is due` });
      await worker?.kill();
      await worker?.start();
    }
    await flow;
    await eventually(async () => (await ended()).length === count, {
      withinMs: 60_000,
      message: 'every event has come to an end',
    });
    const record = new Map((await ended()).map((one) => [one.event?.id, one]));
    const delivered = await deliveries();
    for (const { event, fate } of events) {
      const notification = record.get(event.id);
      expect([fate, notification?.status]).toEqual([
        fate,
        fate === 'not on WhatsApp' ? 'failed' : expect.stringMatching(/^(sent|failed)$/),
      ]);
      const told = delivered.get(notification?._id ?? '') ?? 0;
      const doubts = notification?.attempts.filter(({ outcome }) => outcome === 'unknown').length ?? 0;
      expect(told).toBeLessThanOrEqual(1 + doubts);
      if (fate === 'told') expect(told).toBeGreaterThanOrEqual(1);
    }
    await eventually(async () => (await system.broker.depth(queue)) === 0, { message: 'the queue is empty' });
  }, 120_000);

  async function ended(): Promise<readonly RecordedNotification[]> {
    return system.record.notifications({ status: { $in: ['sent', 'failed'] } });
  }

  /** How often the customer of each notification got its message. */
  async function deliveries(): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    for (const { kind, notificationId = '' } of await system.journal())
      if (kind === 'delivery') found.set(notificationId, (found.get(notificationId) ?? 0) + 1);
    return found;
  }
});

guardLeaks();
