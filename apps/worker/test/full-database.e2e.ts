import { sampleEvent } from '@earlybird/events';
import { queues } from '@earlybird/rabbitmq';
import { eventually, givenServer, guardLeaks, httpCall, type RunningSystem, startSystem } from '@earlybird/testing';
import { type FullDisk, fullDisk } from './support/full-disk.js';

const early = Array.from({ length: 10 }, (_, index) => `+9198765${44_000 + index}`);
const late = Array.from({ length: 5 }, (_, index) => `+9198765${45_000 + index}`);
const everyone = [...early, ...late];

describe('a database that is full', () => {
  let disk: FullDisk;
  let system: RunningSystem;
  beforeAll(async () => {
    disk = await fullDisk(givenServer('MONGO_URL').href);
    system = await startSystem({
      servers: {
        rabbitmqUrl: givenServer('RABBITMQ_URL').href,
        managementUrl: givenServer('RABBITMQ_MANAGEMENT_URL').href,
        mongoUrl: disk.url,
      },
      pace: { providerTimeoutMs: 8_000 },
    });
  });
  afterAll(async () => {
    await system.stop();
    await disk.close();
  }, 30_000);

  it('pauses the worker, which says why, keeps answers and events, and goes on when there is room again', async () => {
    await system.callSimulator('PUT', '/faults', { fault: 'slow', delay_ms: 4_000, recipients: early });
    await Promise.all(early.map(publish));
    await eventually(async () => (await openRequests()) === early.length, { message: 'all are with the provider' });
    disk.fill();
    await Promise.all(late.map(publish));
    await eventually(async () => (await openRequests()) === 0, { message: 'the provider has answered' });
    const [worker] = system.workers;
    await eventually(() => (worker?.log('waiting_for_database').length ?? 0) > 0, {
      message: 'the worker says that it keeps answers',
    });
    const ready = await eventually(async () => (await readiness()).status === 503 && (await readiness()), {
      message: 'the worker is not ready',
    });
    expect(JSON.stringify(ready.body)).toContain('the database is full');
    expect(await countOf('sent')).toBe(0);
    disk.free();
    await eventually(async () => (await countOf('sent')) === everyone.length, { message: 'everybody is told' });
    const notifications = await system.record.notifications();
    expect(notifications.map(({ attempts }) => attempts.map(({ outcome }) => outcome))).toEqual(
      everyone.map(() => ['accepted']),
    );
    const deliveries = (await system.journal()).filter(({ kind }) => kind === 'delivery');
    expect(deliveries.map(({ recipient }) => recipient).sort()).toEqual([...everyone].sort());
    await eventually(async () => (await readiness()).status === 200, { message: 'the worker is ready' });
    expect(worker?.log('connection_lost').filter(({ server }) => server === 'MongoDB')).toEqual([]);
    for (const queue of [queues.eventsDead, queues.dispatchDead]) expect(await system.broker.depth(queue)).toBe(0);
    expect(worker?.crashes).toBe(0);
  });

  function publish(phone: string): Promise<void> {
    const id = `order-of-${phone}`;
    return system.publishers.publish(sampleEvent('order.created', { id, time: new Date(), customer: { phone } }));
  }

  function readiness() {
    return httpCall('GET', system.workers[0]?.settings.readyUrl ?? '');
  }

  async function openRequests(): Promise<number> {
    const { body } = await system.callSimulator('GET', '/requests?limit=0');
    return (body as { readonly total: { readonly open: number } }).total.open;
  }

  function countOf(status: string): Promise<number> {
    return system.record.collection('notifications_log').countDocuments({ status });
  }
});

guardLeaks();
