import { createdAtOf, type NotificationDesk, type NotificationStore, type ReceiptStore } from '@earlybird/core';
import { type DayMarks } from './day-marks.js';

type Marks = Pick<DayMarks, 'mark'>;

/** A notification store whose changes of status mark their day. */
export function markingNotifications(store: NotificationStore, marks: Marks): NotificationStore {
  const markId = (id: string) => markDayOf(id, marks);
  return {
    create: async (notification) => {
      await marks.mark(notification.createdAt);
      return store.create(notification);
    },
    find: (id) => store.find(id),
    findByKey: (key) => store.findByKey(key),
    startAttempt: async (start) => {
      await markId(start.id);
      return store.startAttempt(start);
    },
    finishAttempt: async (finish) => {
      await markId(finish.id);
      return store.finishAttempt(finish);
    },
    recordLateAnswer: async (id, ...answer) => {
      await markId(id);
      return store.recordLateAnswer(id, ...answer);
    },
    changeStatus: async (change) => {
      await markId(change.id);
      return store.changeStatus(change);
    },
    findWaking: (...query) => store.findWaking(...query),
    claimWaking: (...claim) => store.claimWaking(...claim),
  };
}

/** A receipt store whose changes of status mark their day: once it is known whose receipt it was. */
export function markingReceipts(store: ReceiptStore, marks: Marks): ReceiptStore {
  return {
    apply: async (receipt) => {
      const result = await store.apply(receipt);
      if (result.kind !== 'unmatched') await markDayOf(result.notificationId, marks);
      return result;
    },
    keepOrphan: (receipt) => store.keepOrphan(receipt),
    findOrphans: (providerMessageId) => store.findOrphans(providerMessageId),
    removeOrphan: (receipt) => store.removeOrphan(receipt),
  };
}

/** A desk whose changes of status mark their day. */
export function markingDesk(desk: NotificationDesk, marks: Marks): NotificationDesk {
  return {
    changeStatus: async (change) => {
      await markDayOf(change.id, marks);
      return desk.changeStatus(change);
    },
    claimResend: (claim) => desk.claimResend(claim),
    dismiss: (...which) => desk.dismiss(...which),
    restore: (...which) => desk.restore(...which),
    release: (...which) => desk.release(...which),
    wake: (...which) => desk.wake(...which),
    findSettled: (ids) => desk.findSettled(ids),
  };
}

async function markDayOf(id: string, marks: Marks): Promise<void> {
  const createdAt = createdAtOf(id);
  if (createdAt !== undefined) await marks.mark(createdAt);
}
