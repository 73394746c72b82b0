import { type NotificationStore } from '@earlybird/core';
import { aNotification } from '../builders/a-notification.js';
import { anAttempt } from '../builders/an-attempt.js';
import { after } from '../builders/instant.js';
import { created, found } from './notification-steps.js';

/** The part of the notification store's contract about creating. */
export function notificationCreatingContract(store: () => NotificationStore): void {
  describe('creating', () => {
    it('gives back exactly what was created, with absent fields absent', async () => {
      const notification = await created(store());
      expect(await found(store(), notification.id)).toStrictEqual(notification);
    });

    it('keeps every optional field', async () => {
      const notification = await created(store(), {
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        requestedBy: 'shop',
        requestDigest: 'digest',
        status: 'scheduled',
        statusReason: 'quiet_hours',
        dueAt: after(60_000),
        wakeAt: after(60_000),
        nextAttemptAt: after(60_000),
        templateVersion: 2,
        text: 'Hello',
        resendOf: 'msg_old',
        recipient: { phone: '+919876543210', userId: 'u', name: 'Jo', marketingConsent: false },
        context: { customer_name: 'Jo', items: [{ product_id: 'p', quantity: 2 }], note: null, 'a.b': '$c' },
        attempts: [anAttempt({ onUnknown: 'hold' })],
        lastAttemptNumber: 1,
        adminActions: [{ at: after(5), by: 'admin', action: 'resent', note: 'asked for' }],
      });
      expect(await found(store(), notification.id)).toStrictEqual(notification);
    });

    it('finds nothing under an id that nobody created', async () => {
      expect(await store().find('msg_nobody')).toBeUndefined();
    });

    it('can be found again by its idempotency key', async () => {
      const notification = await created(store());
      expect(await store().findByKey(notification.idempotencyKey)).toStrictEqual(notification);
      expect(await store().findByKey('nobody holds this key')).toBeUndefined();
    });

    it('happens once per idempotency key and answers with the one that holds it', async () => {
      const first = await created(store());
      const creation = await store().create(aNotification({ idempotencyKey: first.idempotencyKey }));
      expect(creation).toStrictEqual({ kind: 'exists', notification: first });
    });

    it('lets one of fifty at once create under a key', async () => {
      const { idempotencyKey } = aNotification();
      const rivals = Array.from({ length: 50 }, () => aNotification({ idempotencyKey }));
      const creations = await Promise.all(rivals.map((rival) => store().create(rival)));
      expect(creations.filter(({ kind }) => kind === 'created')).toHaveLength(1);
      const winner = rivals[creations.findIndex(({ kind }) => kind === 'created')];
      for (const creation of creations)
        if (creation.kind === 'exists') expect(creation.notification).toStrictEqual(winner);
    });
  });
}
