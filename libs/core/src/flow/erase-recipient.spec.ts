import {
  after,
  aFinishedAttempt,
  aNotification,
  FakeClock,
  MemoryAuditLog,
  MemoryDesk,
  MemoryEraser,
  MemoryLog,
  MemorySettings,
  memoryStores,
} from '@earlybird/testing';
import type { Notification } from '../notification/notification.js';
import { eraseRecipient } from './erase-recipient.js';

const phone = '+919876543210';

function stage() {
  const log = new MemoryLog();
  const settings = new MemorySettings();
  const audit = new MemoryAuditLog();
  const { history } = memoryStores(log);
  const parts = {
    history,
    desk: new MemoryDesk(log),
    eraser: new MemoryEraser(log, settings),
    audit,
    clock: new FakeClock(after(9_000)),
  };
  const put = (notification: Partial<Notification> = {}) => {
    const one = aNotification(notification);
    log.put(one);
    return one;
  };
  return { log, settings, audit, put, erase: eraseRecipient(parts) };
}

describe('erasing a recipient', () => {
  it('cancels what waits and leaves what has come to something', async () => {
    const { log, put, erase } = stage();
    const waiting = (['scheduled', 'queued', 'retrying'] as const).map((status) => put({ status }).id);
    const others = (['sending', 'sent', 'read', 'failed'] as const).map((status) => put({ status }));
    expect(await erase(phone, { by: 'asha' })).toEqual({
      cancelled: 3,
      notifications: 7,
      settings: 0,
      parkedEvents: 0,
    });
    expect(waiting.map((id) => log.get(id)?.status)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(others.map(({ id }) => log.get(id)?.status)).toEqual(others.map(({ status }) => status));
  });

  it('takes the personal data out and keeps keys and figures', async () => {
    const { log, put, erase } = stage();
    const old = put({
      status: 'sent',
      text: 'Hi John Doe!',
      attempts: [aFinishedAttempt({ outcome: 'accepted', providerMessageId: 'myop-1', detail: 'for +919876543210' })],
      adminActions: [{ at: after(1), by: 'ravi', action: 'released', note: 'John called' }],
    });
    await erase(phone, { by: 'asha' });
    const erased = log.get(old.id);
    expect(JSON.stringify(erased)).not.toMatch(/John|9876543210|cust_123/);
    expect(erased).toMatchObject({
      idempotencyKey: old.idempotencyKey,
      event: old.event,
      referenceId: old.referenceId,
      status: 'sent',
      attempts: [{ outcome: 'accepted', providerMessageId: 'myop-1' }],
      adminActions: [{ by: 'ravi', action: 'released' }],
      erasedAt: after(9_000),
    });
  });

  it('leaves others alone', async () => {
    const { log, put, erase } = stage();
    const other = put({ recipient: { phone: '+919876543299', name: 'Ravi' }, status: 'queued' });
    await erase(phone, { by: 'asha' });
    expect(log.get(other.id)).toEqual(other);
  });

  it('forgets what is on record for the number and for persons who have no other', async () => {
    const { settings, erase } = stage();
    settings.putPerson({ userId: 'cust_123', phone, language: 'hi' });
    settings.putPerson({ userId: 'cust_124', phone: '+919876543299' });
    await settings.recordInbound(phone, after(1));
    expect((await erase(phone, { by: 'asha' })).settings).toBe(2);
    expect(await settings.find({ phone, userId: 'cust_123' })).toEqual({});
    expect((await settings.find({ userId: 'cust_124' })).person).toBeDefined();
  });

  it('does not forget a STOP', async () => {
    const { settings, erase } = stage();
    await settings.recordMarketingWish(phone, { granted: false, at: after(1), source: 'reply' });
    await settings.recordInbound(phone, after(1));
    expect((await erase(phone, { by: 'asha' })).settings).toBe(1);
    expect((await settings.find({ phone })).number).toEqual({
      phone,
      marketingOptOut: { at: after(1), source: 'reply' },
    });
    expect((await erase(phone, { by: 'asha' })).settings).toBe(0);
  });

  it('cancels more than a page', async () => {
    const { put, erase } = stage();
    Array.from({ length: 450 }, () => put({ status: 'scheduled' }));
    expect(await erase(phone, { by: 'asha' })).toMatchObject({ cancelled: 450, notifications: 450 });
  });

  it('is audited without the number, and can be repeated', async () => {
    const { audit, put, erase } = stage();
    put({ status: 'sent' });
    await erase(phone, { by: 'asha' });
    expect(await erase(phone, { by: 'asha' })).toEqual({
      cancelled: 0,
      notifications: 0,
      settings: 0,
      parkedEvents: 0,
    });
    expect(audit.entries).toMatchObject([
      { by: 'asha', action: 'recipient_erased', subject: '+91******3210', details: { notifications: 1 } },
      { details: { notifications: 0 } },
    ]);
  });
});
