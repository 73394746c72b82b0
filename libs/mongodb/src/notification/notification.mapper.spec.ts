import { type Notification } from '@earlybird/core';
import { aNotification, aReceipt, anAttempt, after, testStart } from '@earlybird/testing';
import { toNotification, toStoredNotification } from './notification.mapper.js';
import { type StoredNotification } from './stored-notification.js';

const stored = (parts: Partial<Notification> = {}) => toStoredNotification(aNotification(parts), 400);

describe('the document of a notification', () => {
  it('is the notification under its own id, and expires after the retention', () => {
    const notification = aNotification();
    const { _id, expireAt } = toStoredNotification(notification, 400);
    expect(_id).toBe(notification.id);
    expect(expireAt).toEqual(after(400 * 86_400_000, testStart));
  });

  it('gives back what went in, without what only the database needs', () => {
    const { providerMessageId, ...receipt } = aReceipt({ providerMessageId: 'wamid-1' });
    const notification = aNotification({ attempts: [anAttempt()], receipts: [receipt], providerMessageId });
    const document = toStoredNotification(notification, 400);
    const marked = { ...document, attempts: document.attempts.map((attempt) => ({ ...attempt, token: 'mine' })) };
    expect(toNotification(marked)).toStrictEqual(notification);
  });

  it.each<keyof StoredNotification>([
    'idempotencyKey',
    'recipient',
    'context',
    'createdAt',
    'attempts',
    'receipts',
    'status',
  ])('without %s is refused by id and field', (field) => {
    const { [field]: _, ...rest } = stored({ id: 'msg_1' });
    expect(() => toNotification(rest as StoredNotification)).toThrow(
      expect.objectContaining({
        code: 'stored_document_invalid',
        message: `notifications_log msg_1: field ${field} is missing or wrong`,
      }) as Error,
    );
  });

  it('with a status that nobody knows is refused', () => {
    expect(() => toNotification({ ...stored(), status: 'lost' } as unknown as StoredNotification)).toThrow('status');
  });
});
