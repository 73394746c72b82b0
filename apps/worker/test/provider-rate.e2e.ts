import { sampleEvent } from '@earlybird/events';
import { eventually, guardLeaks, type JournalLine, type RunningSystem, startSystem } from '@earlybird/testing';
import { zoneOfAfternoon } from './days.js';
import { mostInASecond } from './support/most-in-a-second.js';

const ratePerSecond = 20;
/** What leaves in one second beside the rate, at most: 15 % of it and one message for each of two workers. */
const burst = 0.15 * ratePerSecond + 2;
/** What the simulator may see of it at once: on a busy machine one request takes a tenth of a second longer than the next. */
const onTheWay = 0.1 * ratePerSecond;
/** 2,000 show the same (EARLYBIRD_CAMPAIGN=2000), in three minutes. */
const campaign = Number(process.env['EARLYBIRD_CAMPAIGN'] ?? '200');
/** Three times as long as the campaign takes at the full rate. */
const patience = { withinMs: 60_000 + (3 * campaign * 1_000) / ratePerSecond };
const confirmations = 15;
/** In a row to one customer, by each of two workers. */
const recipientBurst = 3;

describe('a limit of 20 messages a second, over two workers', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await startSystem({
      workers: 2,
      // What only waits for its turn is not lost.
      pace: { deferDelayMs: 2_000, queuedGraceMs: 60_000 },
      workerEnv: {
        MYOPERATOR_RATE_PER_SECOND: String(ratePerSecond),
        MYOPERATOR_RECIPIENT_BURST: String(recipientBurst),
        MYOPERATOR_RECIPIENT_REFILL_MS: '600000',
      },
    });
    // Marketing leaves by day alone, whenever this runs.
    const person = { userId: 'reader', timezone: zoneOfAfternoon() };
    await system.record.collection('notification_settings').insertOne(person);
  });
  afterAll(() => system.stop());

  it(
    'is kept in every second, and a campaign delays no confirmation by more than two seconds',
    async () => {
      await Promise.all(
        Array.from({ length: campaign }, (_, index) =>
          publish('product.launched', `campaign-${index}`, phoneOf(index)),
        ),
      );
      await eventually(async () => (await deliveries()).length >= ratePerSecond, { message: 'the campaign flows' });
      for (let index = 0; index < confirmations; index += 1) {
        const id = `confirmation-${index}`;
        await publish('order.created', id, phoneOf(10_000 + index));
        await sent(id);
      }
      const during = await deliveries();
      expect(during.length).toBeLessThan(campaign);
      for (let index = 0; index < confirmations; index += 1) {
        const { _id, createdAt } = await sent(`confirmation-${index}`);
        const arrival = during.find(({ notificationId }) => notificationId === _id);
        expect(Date.parse(arrival?.at ?? '') - createdAt.getTime()).toBeLessThanOrEqual(2_000);
      }
      const all = await eventually(
        async () => {
          const made = await deliveries();
          return made.length >= campaign + confirmations && made;
        },
        { ...patience, message: 'everything is sent' },
      );
      expect(new Set(all.map(({ notificationId }) => notificationId)).size).toBe(campaign + confirmations);
      expect(all).toHaveLength(campaign + confirmations);
      expect(mostInASecond(all.map(({ at }) => Date.parse(at)))).toBeLessThanOrEqual(ratePerSecond + burst + onTheWay);
      // And the rate is used: the bulk lane alone has four fifths of it.
      const tookMs = Date.parse(all.at(-1)?.at ?? '') - Date.parse(all[0]?.at ?? '');
      expect(all.length / (tookMs / 1_000)).toBeGreaterThan(0.5 * ratePerSecond);
      // The last answers are on their way into the record when the provider has everything.
      const attempts = await eventually(
        async () => {
          const made = (await system.record.notifications()).map((notification) => notification.attempts);
          return made.flat().every(({ outcome }) => outcome !== undefined) && made;
        },
        { ...patience, message: 'every answer is on record' },
      );
      for (const made of attempts) expect(made).toMatchObject([{ number: 1, outcome: 'accepted' }]);
      const starts = attempts.flat().map(({ startedAt }) => startedAt.getTime());
      expect(mostInASecond(starts)).toBeLessThanOrEqual(ratePerSecond + burst);
    },
    60_000 + patience.withinMs,
  );

  it('sends no more than a few in a row to one customer, and lets nobody else wait for that one', async () => {
    const limited = phoneOf(5_000);
    await Promise.all(Array.from({ length: 20 }, (_, index) => publish('order.created', `limited-${index}`, limited)));
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => publish('order.created', `other-${index}`, phoneOf(6_000 + index))),
    );
    for (let index = 0; index < 10; index += 1) {
      const { _id, createdAt } = await sent(`other-${index}`);
      const arrival = (await deliveries()).find(({ notificationId }) => notificationId === _id);
      expect(Date.parse(arrival?.at ?? '') - createdAt.getTime()).toBeLessThanOrEqual(2_000);
    }
    // Every worker has had them all in hand by then, and some of them twice.
    const postponed = () => system.record.notifications({ 'recipient.phone': limited, status: 'queued' });
    await eventually(async () => (await deliveries()).filter(({ recipient }) => recipient === limited).length > 0, {
      message: 'the first of them arrive',
    });
    expect((await postponed()).length).toBeGreaterThanOrEqual(20 - 2 * recipientBurst);
    for (const { attempts, lastAttemptNumber } of await postponed())
      expect({ attempts, lastAttemptNumber }).toEqual({ attempts: [], lastAttemptNumber: 0 });
  });

  async function deliveries(): Promise<readonly JournalLine[]> {
    return (await system.journal()).filter(({ kind }) => kind === 'delivery');
  }

  function sent(eventId: string) {
    return eventually(
      async () => {
        const notification = await system.record.notificationOf(eventId);
        return notification?.status === 'sent' && notification;
      },
      { message: `${eventId} is sent` },
    );
  }

  function publish(type: 'order.created' | 'product.launched', id: string, phone: string): Promise<void> {
    return system.publishers.publish(sampleEvent(type, { id, time: new Date(), customer: { id: 'reader', phone } }));
  }
});

function phoneOf(index: number): string {
  return `+9198765${String(40_000 + index)}`;
}

guardLeaks();
