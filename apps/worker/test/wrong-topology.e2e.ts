import { sampleEvent } from '@earlybird/events';
import { rebuildQueue, retryQueue, queues, topologyOf } from '@earlybird/rabbitmq';
import { ruledEventTypes } from '@earlybird/core';
import { eventually, guardLeaks, httpCall, prepareSystem, type RunningSystem } from '@earlybird/testing';
import { connect } from 'amqplib';

describe('a worker that meets a queue with other arguments', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await prepareSystem();
  }, 60_000);
  afterAll(() => system.stop());

  it('does not crash: it says what differs and which command tells the remedy, and goes on when that was done', async () => {
    const { retryDelayMs, deferDelayMs } = system.pace;
    const queue = retryQueue(queues.dispatch, retryDelayMs);
    const topology = topologyOf({ eventTypes: ruledEventTypes, retryDelaysMs: [retryDelayMs], deferDelayMs });
    await declareAnew(queue, topology.queues.find(({ name }) => name === queue)?.arguments ?? {});
    const [worker] = system.workers;
    if (worker === undefined) throw new Error('no worker');
    await system.simulator.start();
    const started = worker.start();
    started.catch(() => undefined);

    const reason = await eventually(
      async () => {
        const { body } = await httpCall('GET', worker.settings.readyUrl ?? '');
        const checks = (body as { readonly checks: readonly { readonly name: string; readonly reason?: string }[] })
          .checks;
        return checks.find(({ name, reason: why }) => name === 'rabbitmq' && why?.includes(queue))?.reason;
      },
      { withinMs: 30_000, message: 'readiness names the queue' },
    );
    expect(reason).toContain("inequivalent arg 'x-message-ttl'");
    expect(reason).toContain('npm run topology -- doctor');

    expect(await rebuildQueue({ url: system.vhost.url }, topology, queue)).toEqual({ kind: 'rebuilt', kept: 0 });
    await started;
    expect(worker.log('topology_wrong').length).toBeGreaterThan(0);
    expect(worker.crashes).toBe(0);
    const event = sampleEvent('order.created', { id: 'after-the-rebuild', time: new Date() });
    await system.publishers.publish(event);
    await eventually(async () => (await system.record.notificationOf(event.id))?.status === 'sent', {
      message: 'the worker works',
    });
  }, 90_000);

  async function declareAnew(queue: string, should: object): Promise<void> {
    const connection = await connect(system.vhost.url);
    const channel = await connection.createChannel();
    await channel.deleteQueue(queue);
    await channel.assertQueue(queue, { durable: true, arguments: { ...should, 'x-message-ttl': 77_000 } });
    await connection.close();
  }
});

guardLeaks();
