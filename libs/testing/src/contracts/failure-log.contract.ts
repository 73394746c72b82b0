import { dismissed, type FailureLog, type Notification, type NotificationStore } from '@earlybird/core';
import { aFinishedAttempt } from '../builders/an-attempt.js';
import { aNotification } from '../builders/a-notification.js';
import { after } from '../builders/instant.js';

/** Failure log and store on the same notifications. */
export interface FailureLogUnderTest {
  readonly failures: FailureLog;
  readonly notifications: NotificationStore;
  close(): Promise<void>;
}

const resolution = { by: 'asha', at: after(1), how: dismissed };
const window = { from: after(0), to: after(10_000), most: 100 };

/** What every FailureLog promises. */
export function failureLogContract(name: string, make: () => Promise<FailureLogUnderTest>): void {
  describe(`${name} keeps the contract of the failure log`, () => {
    let under: FailureLogUnderTest;
    beforeAll(async () => (under = await make()));
    afterAll(() => under.close());

    const created = async (parts: Partial<Notification>) => {
      const notification = aNotification(parts);
      await under.notifications.create(notification);
      return notification.id;
    };
    let ids: Readonly<Record<string, string>>;
    beforeAll(async () => {
      const refused = aFinishedAttempt({
        outcome: 'refused',
        reason: 'bad_number',
        errorCode: '131026',
        detail: 'no WhatsApp',
      });
      ids = {
        refused: await created({
          status: 'failed',
          statusReason: 'bad_number',
          createdAt: after(1_000),
          attempts: [aFinishedAttempt({ outcome: 'deferred', reason: 'provider_error' }), { ...refused, number: 2 }],
        }),
        doubtful: await created({ status: 'unknown', statusReason: 'timeout', createdAt: after(3_000), recipient: {} }),
        reported: await created({
          status: 'failed',
          statusReason: 'failed_receipt',
          createdAt: after(2_000),
          attempts: [aFinishedAttempt({ outcome: 'accepted', providerMessageId: 'failure-log-1' })],
          receipts: [
            { status: 'sent', at: after(1), receivedAt: after(1) },
            { status: 'failed', at: after(2), receivedAt: after(2), errorCode: '131047' },
          ],
        }),
        dismissed: await created({
          status: 'failed',
          statusReason: 'bad_number',
          createdAt: after(4_000),
          resolved: resolution,
        }),
        resent: await created({
          status: 'failed',
          createdAt: after(4_000),
          resolved: { ...resolution, how: 'resent' },
        }),
        sent: await created({ status: 'sent', createdAt: after(4_000) }),
        earlier: await created({ status: 'failed', createdAt: after(-1) }),
        later: await created({ status: 'failed', createdAt: after(10_000) }),
      };
    });

    it('finds what is failed or unknown and open, newest first, with its cause', async () => {
      expect(await under.failures.find({ ...window, settled: 'open' })).toStrictEqual([
        {
          id: ids['doubtful'],
          status: 'unknown',
          messageType: 'order_confirmation',
          cause: 'timeout',
          createdAt: after(3_000),
          referenceId: 'order_123',
        },
        {
          id: ids['reported'],
          status: 'failed',
          messageType: 'order_confirmation',
          cause: 'failed_receipt 131047',
          createdAt: after(2_000),
          phone: '+919876543210',
          referenceId: 'order_123',
        },
        {
          id: ids['refused'],
          status: 'failed',
          messageType: 'order_confirmation',
          cause: 'bad_number 131026',
          createdAt: after(1_000),
          phone: '+919876543210',
          referenceId: 'order_123',
          detail: 'no WhatsApp',
        },
      ]);
    });

    it('finds what was dismissed, and nothing that was settled otherwise', async () => {
      const found = await under.failures.find({ ...window, settled: 'dismissed' });
      expect(found.map(({ id, cause }) => [id, cause])).toEqual([[ids['dismissed'], 'bad_number']]);
    });

    it('looks at no more than it is told', async () => {
      const found = await under.failures.find({ ...window, settled: 'open', most: 2 });
      expect(found.map(({ id }) => id)).toEqual([ids['doubtful'], ids['reported']]);
    });
  });
}
