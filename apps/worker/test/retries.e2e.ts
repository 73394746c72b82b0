import { sampleEvent } from '@earlybird/events';
import { queues, retryQueue } from '@earlybird/rabbitmq';
import {
  eventually,
  guardLeaks,
  type JournalLine,
  type RecordedNotification,
  type RunningSystem,
  startSystem,
} from '@earlybird/testing';

/** Long enough to look at what waits while it waits. */
const retryDelayMs = 1_500;
/** An attempt may be late by this much (the promise of the service); never early, beyond the grain of the clocks. */
const lateMs = 1_000;
const earlyMs = 20;

const waitingQueue = retryQueue(queues.dispatch, retryDelayMs);

describe('a customer who cannot be reached at once', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await startSystem({ pace: { retryDelayMs } });
  });
  afterAll(() => system.stop());

  it('gets the message on the third attempt, each as long after the one before as it was asked for', async () => {
    const waited = await tellAndWatch('twice-deferred', '+919999900002');
    const notification = await settled('twice-deferred', 'sent');
    expect(notification.attempts.map(({ outcome }) => outcome)).toEqual(['deferred', 'deferred', 'accepted']);
    const arrivals = await arrivalsOf(notification);
    expect(arrivals.map(({ attempt }) => attempt)).toEqual(['1', '2', '3']);
    for (const distanceMs of distances(arrivals)) {
      expect(distanceMs).toBeGreaterThanOrEqual(retryDelayMs - earlyMs);
      expect(distanceMs).toBeLessThanOrEqual(retryDelayMs + lateMs);
    }
    expect(waited.nextAttemptAt?.getTime()).toBeGreaterThan(waited.attempts[0]?.finishedAt?.getTime() ?? Infinity);
    expect(await system.broker.depth(queues.dispatchDead)).toBe(0);
  });

  it('ends failed after exactly three requests when every one fails, with one envelope set aside that tells why', async () => {
    const recipient = '+919876511111';
    await failAlways(recipient);
    await publish('always-deferred', recipient);
    const notification = await settled('always-deferred', 'failed');
    expect(notification).toMatchObject({ statusReason: 'attempts_exhausted' });
    expect(notification.attempts.map(({ outcome, errorCode }) => [outcome, errorCode])).toEqual(
      Array.from({ length: 3 }, () => ['deferred', '131000']),
    );
    const [parked, ...more] = await eventually(
      async () => {
        const lying = await system.broker.peek(queues.dispatchDead);
        return lying.length > 0 && lying;
      },
      { message: 'the envelope is set aside' },
    );
    expect(more).toEqual([]);
    expect(parked?.headers).toMatchObject({
      'x-notification-id': notification._id,
      'x-attempt': 3,
      'x-reason': expect.stringContaining('attempts_exhausted') as unknown,
      'x-error-code': '131000',
      'x-first-failed-at': notification.attempts[0]?.finishedAt?.toISOString(),
      'x-original-routing-key': queues.dispatch,
    });
    // Nothing follows: the retry queue is empty, and no fourth request came.
    expect(await system.broker.depth(waitingQueue)).toBe(0);
    expect(await arrivalsOf(notification)).toHaveLength(3);
  });

  it('stays unknown when the last attempt may have arrived', async () => {
    await publish('perhaps-arrived', '+919999900005');
    const notification = await settled('perhaps-arrived', 'unknown');
    expect(notification.attempts.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(await arrivalsOf(notification)).toHaveLength(3);
  });

  it('is told nothing twice where a doubt must not be resent', async () => {
    const event = sampleEvent('billing.payment_received', {
      id: 'doubtful-payment',
      time: new Date(),
      customer: { phone: '+919999900003' },
    });
    await system.publishers.publish(event);
    const notification = await settled('doubtful-payment', 'unknown');
    expect(await arrivalsOf(notification)).toHaveLength(1);
  });

  it('is not tried again after a refusal', async () => {
    await publish('refused', '+919999900001');
    const notification = await settled('refused', 'failed');
    expect(notification.attempts).toMatchObject([{ outcome: 'refused', errorCode: '131026' }]);
    expect(await arrivalsOf(notification)).toHaveLength(1);
  });

  /** Publishes an order and answers with its record as it was while the delay queue held its envelope. */
  async function tellAndWatch(eventId: string, phone: string): Promise<RecordedNotification> {
    await publish(eventId, phone);
    const waiting = await eventually(
      async () => {
        const notification = await system.record.notificationOf(eventId);
        const held = await system.broker.depth(waitingQueue);
        return notification?.status === 'retrying' && held === 1 && notification;
      },
      { message: `${waitingQueue} holds the envelope while the record says retrying` },
    );
    expect(waiting.nextAttemptAt).toBeInstanceOf(Date);
    return waiting;
  }

  function publish(id: string, phone: string): Promise<void> {
    return system.publishers.publish(sampleEvent('order.created', { id, time: new Date(), customer: { phone } }));
  }

  async function failAlways(recipient: string): Promise<void> {
    const rule = { fault: 'error', code: '131000', status: 500, recipients: [recipient] };
    expect((await system.callSimulator('PUT', '/faults', rule)).status).toBe(200);
  }

  function settled(eventId: string, status: string): Promise<RecordedNotification> {
    return eventually(
      async () => {
        const notification = await system.record.notificationOf(eventId);
        return notification?.status === status && notification;
      },
      { message: `the notification of ${eventId} is ${status}` },
    );
  }

  async function arrivalsOf({ _id }: RecordedNotification): Promise<readonly JournalLine[]> {
    const journal = await system.journal();
    return journal.filter(({ kind, notificationId }) => kind === 'arrival' && notificationId === _id);
  }
});

function distances(arrivals: readonly JournalLine[]): readonly number[] {
  const times = arrivals.map(({ at }) => Date.parse(at));
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

guardLeaks();
