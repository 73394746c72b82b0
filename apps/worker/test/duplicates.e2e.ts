import { sampleEvent } from '@earlybird/events';
import { queues } from '@earlybird/rabbitmq';
import { eventually, guardLeaks, type RunningSystem, startSystem } from '@earlybird/testing';

const copies = 100;
const atOnce = 20;
const failing = '+919876522222';

describe('an event published 100 times, 20 at once, to two workers', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await startSystem({ workers: 2 });
    const rule = { fault: 'error', code: '131000', status: 500, recipients: [failing] };
    await system.callSimulator('PUT', '/faults', rule);
  });
  afterAll(() => system.stop());

  it('is one notification and one request', async () => {
    await publishOverAndOver('many-copies', '+919876533333');
    const notification = await settled('many-copies', 'sent');
    expect(notification.attempts).toHaveLength(1);
    expect(await arrivalsOf(notification._id)).toBe(1);
  });

  it('is three requests and one envelope set aside when every attempt fails', async () => {
    await publishOverAndOver('many-failing-copies', failing);
    const notification = await settled('many-failing-copies', 'failed');
    expect(notification.attempts.map(({ number, outcome }) => [number, outcome])).toEqual([
      [1, 'deferred'],
      [2, 'deferred'],
      [3, 'deferred'],
    ]);
    expect(await arrivalsOf(notification._id)).toBe(3);
    await eventually(async () => (await system.broker.depth(queues.dispatchDead)) > 0, { message: 'it is set aside' });
    const parked = await system.broker.peek(queues.dispatchDead);
    expect(parked.map(({ headers }) => headers['x-notification-id'])).toEqual([notification._id]);
  });

  it('was handled by both workers', () => {
    for (const worker of system.workers)
      expect(worker.log('event_duplicate').length + worker.log('event_accepted').length).toBeGreaterThan(0);
  });

  async function publishOverAndOver(id: string, phone: string): Promise<void> {
    const event = sampleEvent('order.created', { id, time: new Date(), customer: { phone } });
    for (let published = 0; published < copies; published += atOnce)
      await Promise.all(Array.from({ length: atOnce }, () => system.publishers.publish(event)));
  }

  /** The notification in its last status, when no envelope is on its way any more. */
  function settled(eventId: string, status: string) {
    return eventually(
      async () => {
        const notification = await system.record.notificationOf(eventId);
        const handled = system.workers.flatMap((worker) => [
          ...worker.log('event_duplicate'),
          ...worker.log('event_accepted'),
        ]);
        const seen = handled.filter((line) => line['eventId'] === eventId).length;
        return notification?.status === status && seen === copies && (await lanesAreEmpty()) && notification;
      },
      { message: `${eventId} is ${status} and all its copies are handled` },
    );
  }

  async function lanesAreEmpty(): Promise<boolean> {
    const names = [queues.events, queues.dispatch, `${queues.dispatch}.retry.300ms`, `${queues.dispatch}.defer.200ms`];
    const depths = await Promise.all(names.map((name) => system.broker.depth(name)));
    return depths.every((depth) => depth === 0);
  }

  async function arrivalsOf(notificationId: string): Promise<number> {
    const journal = await system.journal();
    return journal.filter((line) => line.kind === 'arrival' && line.notificationId === notificationId).length;
  }
});

guardLeaks();
