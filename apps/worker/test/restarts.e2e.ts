import { setTimeout as sleep } from 'node:timers/promises';
import { sampleEvent } from '@earlybird/events';
import { eventually, guardLeaks, prepareSystem, type RunningSystem } from '@earlybird/testing';

/** The stream: 20 orders a second, which two workers carry also on a machine that does other things. */
const everyMs = 50;
/** With the provider when their worker ends without finishing them. */
const slow = ['+919876590001', '+919876590002', '+919876590003'];
/** Late enough that the worker has ended before; far below the time limit, which no busy machine may reach. */
const slowMs = 3_000;
const pace = { providerTimeoutMs: 6_000 };

describe('workers that are restarted while orders flow', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await prepareSystem({ workers: 3, pace });
    await Promise.all([system.simulator.start(), system.workers[0]?.start()]);
  });
  afterAll(() => system.stop(), 30_000);

  it('end at once at a second signal', async () => {
    const worker = system.workers[0];
    if (worker === undefined) throw new Error('there are three workers');
    await system.callSimulator('PUT', '/faults', { fault: 'slow', delay_ms: slowMs, recipients: slow });
    await Promise.all(slow.map((phone) => publish(`slow ${phone}`, phone)));
    await eventually(async () => (await openRequests()) === slow.length, { message: 'all are with the provider' });
    const ending = worker.stop();
    await eventually(() => worker.log('stopping').length === 1, { message: 'the worker is stopping' });
    process.kill(worker.pid, 'SIGTERM');
    expect(await ending).toBe(1);
    expect(worker.log('stop_forced')).toMatchObject([{ reason: 'second signal' }]);
    expect(worker.log('attempt_finished')).toEqual([]);
    await system.callSimulator('PUT', '/faults', { rules: [] });
  });

  it('leave no gap when they are replaced one after the other, and each customer is told once', async () => {
    await Promise.all(system.workers.map((worker) => worker.start()));
    const stream = startStream();
    const awayMs: number[] = [];
    for (const worker of system.workers) {
      const began = performance.now();
      expect(await worker.stop()).toBe(0);
      await worker.start();
      awayMs.push(performance.now() - began);
    }
    const publishedAt = await stream.end();
    await eventually(async () => (await countOf('sent', 'order')) === publishedAt.size, {
      message: 'every order of the stream is sent',
    });
    const arrivals = (await system.journal()).filter(
      ({ kind, recipient = '' }) => kind === 'arrival' && publishedAt.has(recipient),
    );
    expect(arrivals.map(({ recipient }) => recipient).sort()).toEqual([...publishedAt.keys()].sort());
    const waits = arrivals.map(({ at, recipient = '' }) => Date.parse(at) - (publishedAt.get(recipient) ?? 0));
    const instants = arrivals.map(({ at }) => Date.parse(at)).sort((left, right) => left - right);
    const gaps = instants.slice(1).map((instant, index) => instant - (instants[index] ?? instant));
    // Measured by what a gap would be: as long as a worker is away. The others go on, and nobody waits for it.
    expect(Math.max(...gaps)).toBeLessThan(Math.min(...awayMs) / 2);
    expect(Math.max(...waits)).toBeLessThan(Math.max(...awayMs));
    expect(system.workers.map(({ crashes }) => crashes)).toEqual([0, 0, 0]);
  });

  it('lose nothing that one of them had in hand at a second signal', async () => {
    await eventually(async () => (await countOf('sent', 'slow')) === slow.length, { message: 'all are sent' });
    const caught = await system.record.notifications({ 'recipient.phone': { $in: slow } });
    for (const { attempts } of caught)
      expect(attempts).toMatchObject([{ outcome: 'unknown', reason: 'lease_over' }, { outcome: 'accepted' }]);
  });

  /** Publishes at the rate until `end`, which answers with the instant of each, by customer. */
  function startStream() {
    const publishedAt = new Map<string, number>();
    const publishing: Promise<void>[] = [];
    let isOver = false;
    const flowing = (async () => {
      for (let next = performance.now(); !isOver; next += everyMs) {
        const phone = `+9198765${String(publishedAt.size).padStart(5, '0')}`;
        publishedAt.set(phone, Date.now());
        publishing.push(publish(`order ${phone}`, phone));
        await sleep(Math.max(0, next + everyMs - performance.now()));
      }
    })();
    return {
      end: async (): Promise<ReadonlyMap<string, number>> => {
        isOver = true;
        await flowing;
        await Promise.all(publishing);
        return publishedAt;
      },
    };
  }

  function publish(id: string, phone: string): Promise<void> {
    return system.publishers.publish(sampleEvent('order.created', { id, time: new Date(), customer: { phone } }));
  }

  /** Of the events whose id begins so. */
  function countOf(status: string, beginning: string): Promise<number> {
    const filter = { status, 'event.id': { $regex: `^${beginning} ` } };
    return system.record.collection('notifications_log').countDocuments(filter);
  }

  async function openRequests(): Promise<number> {
    const { body } = await system.callSimulator('GET', '/requests?limit=0');
    return (body as { readonly total: { readonly open: number } }).total.open;
  }
});

guardLeaks();
