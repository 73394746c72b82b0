import { sampleEvent } from '@earlybird/events';
import { queues, retryQueue } from '@earlybird/rabbitmq';
import { eventually, guardLeaks, type HttpAnswer, type RunningSystem, startSystem } from '@earlybird/testing';

/** As in production: whatever is sent within the test was released. */
const retryDelayMs = 300_000;
/** Fewer than tell the breaker anything: that most messages fail here is no outage. */
const recipients = 30;
const waitingQueue = retryQueue(queues.dispatch, retryDelayMs);

describe('what waits five minutes for its next attempt', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    // No receipts: `sent` is to stay the last status.
    system = await startSystem({ api: true, workers: 2, pace: { retryDelayMs }, simulatorEnv: noReceipts });
  });
  afterAll(() => system.stop());

  it('is sent within seconds of the call, and the record names who did it', async () => {
    await letWait('released', 20);
    const start = Date.now();
    const answer = await processQueue();
    expect(answer).toEqual({ status: 200, body: { processed: 20, released: 20, scheduled_released: 0 } });
    await allSent('released', 20);
    expect(Date.now() - start).toBeLessThan(20_000);
    for (const { adminActions, attempts } of await notifications('released')) {
      expect(adminActions).toMatchObject([{ by: 'test', action: 'released' }]);
      expect(attempts.map(({ outcome }) => outcome)).toEqual(['deferred', 'accepted']);
    }
    const audit = await system.callApi('GET', '/audit?action=queue_processed');
    expect(audit.body).toMatchObject({ entries: [{ by: 'test', subject: expect.stringMatching(/^cmd_/) as unknown }] });
  });

  it('is released once by two calls at the same time', async () => {
    await letWait('twice', 100);
    const answers = await Promise.all([processQueue(), processQueue()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const released = answers.map(({ body }) => (body as { readonly released: number }).released);
    expect(released.reduce((sum, one) => sum + one)).toBe(100);
    await allSent('twice', 100);
    expect(await arrivals('twice')).toBe(200);
  });

  it('loses nothing when the workers are killed in the middle', async () => {
    const count = 300;
    await letWait('killed', count);
    const call = processQueue().catch(() => undefined);
    // What is in hand is not ready: the first batch has been taken, and is not settled yet.
    await eventually(async () => (await system.broker.depth(waitingQueue)) < count, {
      message: 'the release has begun',
    });
    await Promise.all(system.workers.map((worker) => worker.kill()));
    const left = await eventually(() => system.broker.depth(waitingQueue), { message: 'something waits on' });
    expect(left).toBeGreaterThan(0);
    await Promise.all(system.workers.map((worker) => worker.start()));
    await call;
    // An attempt that the kill caught may have arrived: it is tried again after another wait, which is released too.
    await eventually(
      async () => {
        await processQueue();
        return (await notifications('killed')).every(({ status }) => status === 'sent');
      },
      { message: 'everything is sent' },
    );
    expect(await notifications('killed')).toHaveLength(count);
  });

  it('waits on while the provider is halted', async () => {
    await letWait('halted', 1);
    expect((await system.callSimulator('PUT', '/faults', { fault: 'account' })).status).toBe(200);
    await publish('halted', 1);
    const [worker] = system.workers;
    await eventually(() => worker?.log('provider_halted').at(-1), { message: 'sending is halted' });
    const answer = await eventually(
      async () => {
        const one = await processQueue();
        return one.status === 409 && one;
      },
      { message: 'the call is refused' },
    );
    expect(answer.body).toMatchObject({ code: 'provider_halted' });
    expect(await system.broker.depth(waitingQueue)).toBe(1);
  });

  function processQueue(): Promise<HttpAnswer> {
    return system.callApi('POST', '/process-queue', {});
  }

  /** Publishes orders whose first attempt fails, and waits until the delay queue holds them all. */
  async function letWait(name: string, count: number): Promise<void> {
    const fault = { fault: 'error', code: '131000', status: 500, count };
    expect((await system.callSimulator('PUT', '/faults', fault)).status).toBe(200);
    await Promise.all(Array.from({ length: count }, (_, index) => publish(name, index)));
    await eventually(async () => (await system.broker.depth(waitingQueue)) === count, { message: 'all of them wait' });
  }

  function publish(name: string, index: number): Promise<void> {
    const phone = `+9198765${String(index % recipients).padStart(5, '0')}`;
    const event = sampleEvent('order.created', { id: `${name}-${index}`, time: new Date(), customer: { phone } });
    return system.publishers.publish(event);
  }

  const notifications = (name: string) => system.record.notifications({ 'event.id': { $regex: `^${name}-` } });

  async function allSent(name: string, count: number): Promise<void> {
    await eventually(
      async () => {
        const kept = await notifications(name);
        return kept.length === count && kept.every(({ status }) => status === 'sent');
      },
      { message: `all of ${name} are sent` },
    );
  }

  /** How many requests the simulator got for them. */
  async function arrivals(name: string): Promise<number> {
    const ids = new Set((await notifications(name)).map(({ _id }) => _id));
    const journal = await system.journal();
    return journal.filter(({ kind, notificationId }) => kind === 'arrival' && ids.has(notificationId ?? '')).length;
  }
});

const noReceipts = { SIMULATOR_RECEIPT_DELAYS_MS: 'none' };

guardLeaks();
