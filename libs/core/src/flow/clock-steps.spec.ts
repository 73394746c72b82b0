import { acceptance, outcomes, queuedStage, runLanes } from '@earlybird/testing';
import type { Outcome } from '../attempt/outcome.js';
import { dispatchNotification } from './dispatch-notification.js';
import { sweep } from './sweep.js';

const hour = 3_600_000;

/** A notification whose one request is with the provider; `answer` is when the provider says what became of it. */
async function inHand() {
  const staged = await queuedStage();
  let answer: (outcome: Outcome) => void = () => undefined;
  staged.stage.sender.script = () => new Promise((resolve) => (answer = resolve));
  const dispatching = staged.dispatch(staged.envelope());
  await staged.stage.clock.advance(0);
  expect(staged.now().status).toBe('sending');
  return { ...staged, dispatching, answer: (outcome: Outcome) => answer(outcome) };
}

describe('when somebody sets the clock while a message is with the provider', () => {
  it('sends it once, although its lease is suddenly over and another worker has closed it', async () => {
    const { stage, now, dispatching, answer } = await inHand();
    stage.clock.set(hour);
    const other = dispatchNotification(stage.worker('worker-2'));
    expect(await sweep(stage.worker('worker-2'))()).toBe(1);
    const again = stage.queue.take();
    if (again === undefined) throw new Error('the sweeper has found the lease over');
    await other(again);
    expect(now()).toMatchObject({ status: 'retrying', attempts: [{ outcome: 'unknown', reason: 'lease_over' }] });
    answer(acceptance({ notificationId: now().id, attempt: 1 }));
    await dispatching;
    expect(now()).toMatchObject({ status: 'sent', attempts: [{ outcome: 'accepted' }] });
    await runLanes(stage, other);
    expect(stage.sender.shipments).toHaveLength(1);
    expect(now().attempts).toHaveLength(1);
  });

  it('records what it came to when the clock went back, with no negative duration', async () => {
    const { stage, now, dispatching, answer } = await inHand();
    stage.clock.set(-hour);
    answer(outcomes.deferred);
    await dispatching;
    expect(now()).toMatchObject({ status: 'retrying', attempts: [{ outcome: 'deferred', durationMs: 0 }] });
    stage.sender.script = acceptance;
    await runLanes(stage, dispatchNotification(stage.worker()));
    expect(now()).toMatchObject({ status: 'sent', attempts: [{}, { outcome: 'accepted' }] });
    expect(stage.sender.shipments).toHaveLength(2);
  });

  it('sends nothing again before the lease is over by the clock that went back: the worker may still have it', async () => {
    const { stage, now, envelope } = await inHand();
    stage.clock.set(-hour);
    await dispatchNotification(stage.worker('worker-2'))(envelope(true));
    expect(stage.sender.shipments).toHaveLength(1);
    expect(now().status).toBe('sending');
    expect(stage.queue.delayed).toMatchObject([{ story: { reason: 'attempt_in_progress' } }]);
  });
});

describe('when somebody sets the clock', () => {
  it('forward, copies of what counts as lost are duplicates', async () => {
    const { stage, now, envelope, dispatch } = await queuedStage();
    await stage.queue.enqueue(envelope());
    stage.clock.set(hour);
    await sweep(stage.worker())();
    await runLanes(stage, dispatch);
    expect(stage.sender.shipments).toHaveLength(1);
    expect(now().status).toBe('sent');
  });

  it('back, a retry comes after its delay all the same: the broker measures it', async () => {
    const { stage, now, envelope, dispatch } = await queuedStage();
    stage.sender.script = (shipment, nth) => (nth === 1 ? outcomes.deferred : acceptance(shipment));
    await dispatch(envelope());
    stage.clock.set(-hour);
    await runLanes(stage, dispatch);
    expect(now().status).toBe('sent');
    expect(stage.clock.steadyMs()).toBe(300_000);
  });

  it('back, a message that waits for a throttled provider goes on after one round', async () => {
    const { stage, now, envelope, dispatch } = await queuedStage();
    const throttled: Outcome = { kind: 'throttled', scope: 'sender', reason: 'rate', retryAfterMs: 45_000 };
    stage.sender.script = (shipment, nth) => (nth === 1 ? throttled : acceptance(shipment));
    await dispatch(envelope());
    stage.clock.set(-hour);
    await runLanes(stage, dispatch);
    expect(now().status).toBe('sent');
    expect(stage.clock.steadyMs()).toBe(30_000);
  });
});
