import { notificationCreatingContract } from './notification-creating.contract.js';
import { notificationFinishingContract } from './notification-finishing.contract.js';
import { notificationLateAnswerContract } from './notification-late-answer.contract.js';
import { notificationStartingContract } from './notification-starting.contract.js';
import { notificationStatusContract } from './notification-status.contract.js';
import { notificationWakingContract } from './notification-waking.contract.js';
import type { MakeStores, StoresUnderTest } from './stores-under-test.js';

/** What every NotificationStore promises (data.md, architecture.md). */
export function notificationStoreContract(name: string, makeStores: MakeStores): void {
  describe(`${name} keeps the contract of the notification store`, () => {
    let stores: StoresUnderTest;
    beforeAll(async () => {
      stores = await makeStores();
    });
    afterAll(() => stores.close());

    const store = () => stores.notifications;
    notificationCreatingContract(store);
    notificationStartingContract(store);
    notificationFinishingContract(() => stores);
    notificationLateAnswerContract(store);
    notificationStatusContract(store);
    notificationWakingContract(store);
  });
}
