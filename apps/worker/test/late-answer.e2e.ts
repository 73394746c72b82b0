import { sampleEvent } from '@earlybird/events';
import { queues } from '@earlybird/rabbitmq';
import {
  eventually,
  guardLeaks,
  prepareSystem,
  Road,
  type RunningApp,
  type RunningSystem,
  startApp,
} from '@earlybird/testing';

/** Delivers at once and answers late; a rule shortens the half minute that the number is known for. */
const slow = '+919999900008';
const answersAfterMs = 700;

describe('an answer that is written when the lease is over', () => {
  let system: RunningSystem;
  let road: Road;
  let cutOff: RunningApp;

  beforeAll(async () => {
    // Longer than it takes to close the attempt, mend the road and write: otherwise the second attempt would be right.
    system = await prepareSystem({ workers: 2, pace: { retryDelayMs: 8_000 } });
    const { settings } = worker(0);
    road = await Road.to(settings.env['MONGO_URL'] ?? '');
    await system.simulator.start();
    await system.callSimulator('PUT', '/faults', { fault: 'slow', delay_ms: answersAfterMs, recipients: [slow] });
    cutOff = await startApp({ ...settings, env: { ...settings.env, MONGO_URL: road.url } });
  });
  afterAll(async () => {
    await cutOff.kill();
    await road.close();
    await system.stop();
  });

  it('is recorded, and the message is not sent again', async () => {
    const event = sampleEvent('order.created', { id: 'late-answer', time: new Date(), customer: { phone: slow } });
    await system.publishers.publish(event);
    await eventually(async () => (await system.journal()).some(({ kind }) => kind === 'delivery'), {
      message: 'the customer has the message, and the worker waits for the answer',
    });
    await road.close();
    await worker(1).start();
    const doubted = await recorded('retrying', 'another worker has closed the attempt, and waits to try again');
    expect(doubted.attempts).toMatchObject([{ number: 1, outcome: 'unknown', reason: 'lease_over' }]);
    await road.open();
    const sent = await recorded('sent', 'the answer is written');
    expect(sent.attempts).toMatchObject([{ number: 1, outcome: 'accepted' }]);
    expect(sent.providerMessageId).toBe((await deliveries())[0]?.messageId);
    await eventually(() => cutOff.log('late_answer').some(({ recorded }) => recorded === true), {
      message: 'the worker says that it has recorded a late answer',
    });
    await eventually(async () => (await waiting()) === 0, {
      message: 'the envelope of the second attempt finds the message sent',
    });
    expect(await deliveries()).toHaveLength(1);
  });

  function worker(index: number) {
    const found = system.workers[index];
    if (found === undefined) throw new Error(`there is no worker ${index + 1}`);
    return found;
  }

  function recorded(status: string, message: string) {
    return eventually(
      async () => {
        const notification = await system.record.notificationOf('late-answer');
        return notification?.status === status && notification;
      },
      { message },
    );
  }

  async function waiting(): Promise<number> {
    const depths = [queues.dispatch, `${queues.dispatch}.retry.8s`].map((name) => system.broker.depth(name));
    return (await Promise.all(depths)).reduce((sum, depth) => sum + depth, 0);
  }

  async function deliveries() {
    return (await system.journal()).filter(({ kind }) => kind === 'delivery');
  }
});

guardLeaks();
