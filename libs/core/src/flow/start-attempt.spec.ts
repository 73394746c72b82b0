import {
  type Stage,
  Interruption,
  acceptance,
  databaseAway,
  heldParts,
  outlasting,
  queuedStage,
  runLanes,
} from '@earlybird/testing';
import type { Notification } from '../notification/notification.js';
import { dispatchNotification } from './dispatch-notification.js';

describe('an outage of the database at the start of an attempt', () => {
  it('that swallows the confirmation of a start costs a wait and no attempt', async () => {
    const { stage, now, envelope } = await queuedStage(undefined, heldParts);
    const dispatch = dispatchNotification(stage.worker('worker-1', new Interruption(4, 'after', databaseAway)));
    await outlasting(stage.clock, dispatch(envelope()));
    expect(stage.sender.shipments).toEqual([]);
    expect(now()).toMatchObject({
      status: 'queued',
      attempts: [{ outcome: 'halted', counted: false, reason: 'database_unavailable' }],
    });
    await runLanes(stage, dispatch);
    expect(now()).toMatchObject({ status: 'sent', lastAttemptNumber: 2 });
    expect(stage.sender.shipments).toHaveLength(1);
  });

  it('that prevents a start throws, and the envelope handed over once more is sent', async () => {
    const { stage, now, envelope } = await queuedStage();
    const dispatch = dispatchNotification(stage.worker('worker-1', new Interruption(4, 'before', databaseAway)));
    await expect(outlasting(stage.clock, dispatch(envelope()))).rejects.toBe(databaseAway);
    expect(now().attempts).toEqual([]);
    await dispatch(envelope(true));
    expect(now()).toMatchObject({ status: 'sent', lastAttemptNumber: 1 });
  });

  it('does not take another worker’s start for its own', async () => {
    const { stage, notification, now, envelope } = await queuedStage();
    stage.sender.script = async (shipment) => {
      // While the first one sends, a copy starts in the same worker at the same instant, and its write is lost.
      if (stage.sender.shipments.length === 1) {
        const copy = dispatchNotification({ ...stage.worker(), notifications: stale(stage, notification) });
        await expect(copy(envelope())).rejects.toBe(databaseAway);
      }
      return acceptance(shipment);
    };
    await dispatchNotification(stage.worker())(envelope());
    expect(now()).toMatchObject({ status: 'sent', attempts: [{ outcome: 'accepted' }] });
    expect(stage.sender.shipments).toHaveLength(1);
  });

  /** A store that still shows the notification as it was, and whose start never arrives. */
  function stale(stage: Stage, notification: Notification) {
    const { notifications } = stage.worker();
    let looks = 0;
    return Object.assign(Object.create(notifications) as typeof notifications, {
      find: async (id: string) => ((looks += 1) === 1 ? notification : notifications.find(id)),
      startAttempt: async () => Promise.reject(databaseAway),
    });
  }
});
