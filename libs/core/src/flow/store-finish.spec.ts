import {
  type Stage,
  databaseAway,
  Interruption,
  outcomes,
  outlasting,
  queuedStage,
  testStart,
} from '@earlybird/testing';
import { dispatchNotification } from './dispatch-notification.js';

describe('an outage of the database while an answer is in hand', () => {
  it('that begins with the answer ends with the outcome written first', async () => {
    const { stage, now, envelope } = await queuedStage();
    const worker = stage.worker();
    let outage = 3;
    const notifications = Object.assign(Object.create(worker.notifications) as typeof worker.notifications, {
      finishAttempt: async (...args: Parameters<typeof worker.notifications.finishAttempt>) => {
        outage -= 1;
        if (outage >= 0) throw databaseAway;
        return worker.notifications.finishAttempt(...args);
      },
    });
    const dispatch = dispatchNotification({ ...worker, notifications });
    await outlasting(stage.clock, dispatch(envelope()));
    expect(now()).toMatchObject({ status: 'sent', attempts: [{ finishedAt: testStart }] });
    expect(stage.reporter.of('waiting_for_database').map(({ waitMs }) => waitMs)).toEqual([100, 200, 400]);
    expect(stage.sender.shipments).toHaveLength(1);
  });

  it('that swallows the confirmation of a finish does not leave the envelope unsettled', async () => {
    for (const outcome of [outcomes.deferred, outcomes.halted]) {
      const { stage, now, envelope } = await queuedStage(outcome);
      const dispatch = dispatchNotification(stage.worker('worker-1', new Interruption(6, 'after', databaseAway)));
      await outlasting(stage.clock, dispatch(envelope()));
      expect(now().attempts).toMatchObject([{ outcome: outcome.kind }]);
      expect(stage.queue.delayed).toHaveLength(1);
      expect(stage.reporter.of('late_answer')).toEqual([]);
      expect(stage.reporter.of('attempt_finished')).toHaveLength(1);
    }
  });

  it('that outlives the process leaves the answer in the log', async () => {
    const { stage, notification, envelope } = await queuedStage();
    const clock = Object.assign(Object.create(stage.clock) as Stage['clock'], {
      sleep: async () => Promise.reject(new Error('the process ends')),
    });
    const worker = stage.worker('worker-1', new Interruption(6, 'before', databaseAway));
    await expect(dispatchNotification({ ...worker, clock })(envelope())).rejects.toThrow('ends');
    expect(stage.reporter.of('answer_unwritten')).toMatchObject([
      { attempt: 1, outcome: 'accepted', providerMessageId: `wamid of ${notification.id} attempt 1` },
    ]);
  });
});
