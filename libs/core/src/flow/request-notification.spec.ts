import { Interruption, Stage, aTemplate, after, databaseAway, testStart } from '@earlybird/testing';
import { messageTypeNames } from '../message/message-type.js';
import type { Notification } from '../notification/notification.js';
import { type NotificationRequest, type RequestResult, requestNotification } from './request-notification.js';

const hour = 3_600_000;
const minute = 60_000;

const aRequest = (parts: Partial<NotificationRequest> = {}): NotificationRequest => ({
  client: 'shop',
  idempotencyKey: 'key-1',
  correlationId: 'cor-1',
  phone: '+919876543210',
  messageType: 'delivery_reminder',
  context: { customer_name: 'John', delivery_date: 'Jan 28', area: 'Bandra' },
  referenceId: 'sub-123',
  ...parts,
});

/** The notification of a result that has one. */
function notificationOf(result: RequestResult): Notification {
  if (result.kind === 'invalid') throw new Error(JSON.stringify(result.issues));
  return result.notification;
}

function ready(interruption?: Interruption) {
  const stage = new Stage();
  return { stage, request: requestNotification(stage.worker('api', interruption)) };
}

describe('requesting a notification', () => {
  it('stores it queued for a day, and enqueues its first attempt', async () => {
    const { stage, request } = ready();
    const result = await request(aRequest());
    expect(result).toMatchObject({ kind: 'created', text: 'delivery_reminder/en/1 for John' });
    const stored = stage.now(notificationOf(result).id);
    expect(stored).toMatchObject({
      status: 'queued',
      requestedBy: 'shop',
      correlationId: 'cor-1',
      recipient: { phone: '+919876543210', name: 'John' },
      messageType: 'delivery_reminder',
      lane: 'normal',
      referenceId: 'sub-123',
      immediate: false,
      validUntil: after(24 * hour),
      wakeAt: after(30 * minute),
    });
    expect(stored).not.toHaveProperty('event');
    expect(stage.queue.take()).toMatchObject({ notificationId: stored.id, attempt: 1, repeat: false });
    expect(stage.reporter.of('notification_requested')).toMatchObject([{ client: 'shop', status: 'queued' }]);
  });

  it('takes over what the client chose', async () => {
    const { request } = ready();
    const validUntil = after(2 * hour);
    const result = await request(aRequest({ userId: 'u-1', immediate: true, language: 'hi', validUntil }));
    expect(notificationOf(result)).toMatchObject({
      recipient: { userId: 'u-1' },
      immediate: true,
      language: 'hi',
      validUntil,
    });
  });

  it('waits for the moment that the client names, valid for a day from then on', async () => {
    const { stage, request } = ready();
    const result = await request(aRequest({ sendAt: after(3 * hour) }));
    expect(notificationOf(result)).toMatchObject({
      status: 'scheduled',
      dueAt: after(3 * hour),
      wakeAt: after(3 * hour),
      validUntil: after(27 * hour),
    });
    expect(stage.queue.take()).toBeUndefined();
  });

  it('stores what may not be sent with its reason, and enqueues nothing', async () => {
    const { stage, request } = ready();
    stage.settings.putPerson({ userId: 'u-1', notificationsEnabled: false });
    const result = await request(aRequest({ userId: 'u-1' }));
    expect(result).toMatchObject({
      kind: 'created',
      notification: { status: 'suppressed', statusReason: 'notifications_disabled' },
    });
    expect(stage.queue.take()).toBeUndefined();
  });

  it('renders in the language that the message will have', async () => {
    const { stage, request } = ready();
    stage.templates.put(aTemplate({ messageType: 'delivery_reminder', language: 'hi', version: 4 }));
    stage.settings.putPerson({ userId: 'u-1', language: 'hi' });
    const result = await request(aRequest({ userId: 'u-1', language: 'en' }));
    expect(result).toMatchObject({ text: 'delivery_reminder/hi/4 for John', notification: { language: 'hi' } });
  });

  describe('refuses, and stores nothing,', () => {
    it.each<[string, Partial<NotificationRequest>, readonly string[]]>([
      ['a phone without +', { phone: '9876543210' }, ['phone']],
      ['a phone without + but with 91', { phone: '919876543210' }, ['phone']],
      ['an unknown type', { messageType: 'toString' }, ['message_type']],
      ['missing variables, each', { context: {} }, ['context.customer_name', 'context.delivery_date']],
      ['a validity that has passed', { validUntil: testStart }, ['valid_until']],
      ['a moment after the validity', { sendAt: after(hour), validUntil: after(hour) }, ['send_at']],
      [
        'everything at once',
        { phone: 'x', context: {}, validUntil: after(-1) },
        ['phone', 'valid_until', 'context.customer_name', 'context.delivery_date'],
      ],
    ])('%s', async (_what, parts, fields) => {
      const { stage, request } = ready();
      const result = await request(aRequest(parts));
      expect(result.kind === 'invalid' && result.issues.map(({ field }) => field)).toEqual(fields);
      expect(await stage.stores.history.search({}, { limit: 1 })).toEqual([]);
      expect(stage.queue.take()).toBeUndefined();
    });

    it('but answers a repeated request with its first result when its moment has passed', async () => {
      const { stage, request } = ready();
      const body = { idempotencyKey: 'same', validUntil: after(hour) };
      const first = await request(aRequest(body));
      await stage.clock.advance(2 * hour);
      expect(await request(aRequest(body))).toMatchObject({
        kind: 'repeated',
        notification: { id: notificationOf(first).id },
      });
      expect(await request(aRequest({ ...body, referenceId: 'another' }))).toMatchObject({ kind: 'invalid' });
      expect(await request(aRequest({ ...body, client: 'another' }))).toMatchObject({ kind: 'invalid' });
    });

    it('and says how to write what is wrong', async () => {
      const { request } = ready();
      const result = await request(aRequest({ phone: '9876543210', messageType: 'hello' }));
      const messages = result.kind === 'invalid' ? result.issues.map(({ message }) => message).join(' ') : '';
      expect(messages).toContain('+919876543210');
      for (const name of messageTypeNames) expect(messages).toContain(name);
    });

    it('what no template is published for', async () => {
      const { stage } = ready();
      const templates = { findPublished: async () => undefined, object: async () => false };
      const result = await requestNotification({ ...stage.worker(), templates })(aRequest());
      expect(result).toMatchObject({ kind: 'invalid', issues: [{ field: 'message_type' }] });
    });

    it('what cannot be rendered', async () => {
      const { stage } = ready();
      const renderer = { render: () => ({ ok: false, reason: 'too_long', missing: [] }) as const };
      const result = await requestNotification({ ...stage.worker(), renderer })(aRequest());
      expect(result).toMatchObject({ issues: [{ field: 'context', message: 'cannot be rendered: too_long' }] });
    });
  });

  describe('under the same key', () => {
    it('is one notification, however often and however many at once', async () => {
      const { stage, request } = ready();
      const results = await Promise.all(Array.from({ length: 20 }, () => request(aRequest())));
      expect(new Set(results.map((result) => notificationOf(result).id)).size).toBe(1);
      expect(results.filter(({ kind }) => kind === 'created')).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === 'repeated')).toHaveLength(19);
      expect(stage.reporter.of('notification_requested')).toHaveLength(1);
    });

    it('is the same request whatever the order of its variables', async () => {
      const { request } = ready();
      await request(aRequest());
      const context = { area: 'Bandra', delivery_date: 'Jan 28', customer_name: 'John' };
      expect(await request(aRequest({ context }))).toMatchObject({ kind: 'repeated' });
    });

    it.each<Partial<NotificationRequest>>([
      { phone: '+919876543211' },
      { messageType: 'pause_confirmation' },
      { context: { customer_name: 'John', delivery_date: 'Jan 29' } },
      { referenceId: 'other' },
      { userId: 'u' },
      { immediate: true },
      { language: 'hi' },
      { sendAt: after(hour) },
      { validUntil: after(hour) },
    ])('is a conflict with another body: %j', async (parts) => {
      const { stage, request } = ready();
      const first = notificationOf(await request(aRequest()));
      stage.queue.take();
      expect(await request(aRequest(parts))).toEqual({ kind: 'conflict', notification: stage.now(first.id) });
      expect(stage.queue.take()).toBeUndefined();
    });

    it('is another for another client', async () => {
      const { request } = ready();
      const first = notificationOf(await request(aRequest()));
      expect(notificationOf(await request(aRequest({ client: 'app' }))).id).not.toBe(first.id);
    });
  });

  it('is stored while the broker is away, and the sweeper looks for it within a minute', async () => {
    const { stage, request } = ready();
    stage.queue.lost = true;
    const result = await request(aRequest());
    expect(result.kind).toBe('created');
    expect(stage.now(notificationOf(result).id)).toMatchObject({ status: 'queued', wakeAt: after(minute) });
  });

  it('throws what is no trouble of the broker', async () => {
    for (const [step, error] of [
      [1, databaseAway],
      [3, databaseAway],
    ] as const) {
      const { request } = ready(new Interruption(step, 'before', error));
      await expect(request(aRequest())).rejects.toBe(error);
    }
  });
});
