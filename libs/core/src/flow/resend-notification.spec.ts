import {
  after,
  aFinishedAttempt,
  aNotification,
  aPolicy,
  FakeClock,
  fixedRenderer,
  MemoryDesk,
  MemoryDispatchQueue,
  MemoryLog,
  MemorySettings,
  memoryStores,
  MemoryTemplates,
  RecordingReporter,
} from '@earlybird/testing';
import { deliveryStatuses } from '../notification/delivery-status.js';
import { resendKey } from '../notification/idempotency-key.js';
import type { Notification } from '../notification/notification.js';
import { type ResendRequest, type ResendResult, resendNotification } from './resend-notification.js';

function stage(parts: Partial<Notification> = {}) {
  const log = new MemoryLog();
  const old = aNotification({
    status: 'failed',
    statusReason: 'attempts_exhausted',
    attempts: [aFinishedAttempt({ outcome: 'deferred' })],
    lastAttemptNumber: 1,
    validUntil: after(60_000),
    ...parts,
  });
  log.put(old);
  const clock = new FakeClock(after(3_600_000));
  const queue = new MemoryDispatchQueue(clock, 30_000);
  const settings = new MemorySettings();
  const flow = {
    notifications: memoryStores(log).notifications,
    desk: new MemoryDesk(log),
    settings,
    templates: MemoryTemplates.seeded(),
    renderer: fixedRenderer,
    queue,
    policy: aPolicy(),
    clock,
    reporter: new RecordingReporter(),
  };
  const resend = resendNotification(flow);
  const ask = (request: Partial<ResendRequest> = {}) => resend({ id: old.id, by: 'asha', force: false, ...request });
  return { log, old, clock, queue, settings, flow, ask };
}

function made(result: ResendResult): Notification {
  if (result.kind !== 'resent' && result.kind !== 'repeated') throw new Error(`it was ${result.kind}`);
  return result.notification;
}

describe('a resend', () => {
  it('is a new notification that refers to the old one, with a new validity', async () => {
    const { old, ask, queue, clock } = stage();
    const notification = made(await ask());
    expect(notification).toMatchObject({
      idempotencyKey: resendKey(old.id, 0),
      resendOf: old.id,
      status: 'queued',
      attempts: [],
      lastAttemptNumber: 0,
      context: old.context,
      recipient: old.recipient,
      referenceId: old.referenceId,
      correlationId: old.correlationId,
      event: old.event,
      createdAt: clock.now(),
      validUntil: after(24 * 3_600_000, clock.now()),
    });
    expect(notification.id).not.toBe(old.id);
    expect(queue.take()).toMatchObject({ notificationId: notification.id, attempt: 1 });
  });

  it('leaves the history of the old one, and settles it', async () => {
    const { old, ask, log, clock } = stage();
    const { id } = made(await ask({ note: 'number was off' }));
    expect(log.get(old.id)).toEqual({
      ...old,
      resentAs: id,
      resolved: { by: 'asha', at: clock.now(), how: 'resent' },
      adminActions: [{ at: clock.now(), by: 'asha', action: 'resent', note: 'number was off' }],
      updatedAt: clock.now(),
    });
  });

  it('may correct variables', async () => {
    const { old, ask } = stage();
    expect(made(await ask({ context: { order_id: 'order_9' } })).context).toEqual({
      ...old.context,
      order_id: 'order_9',
    });
  });

  it('asks for permission anew', async () => {
    const { ask, settings, queue } = stage();
    settings.putPerson({ userId: 'cust_123', notificationsEnabled: false });
    expect(made(await ask())).toMatchObject({ status: 'suppressed', statusReason: 'notifications_disabled' });
    expect(queue.take()).toBeUndefined();
  });

  it('happens once for 50 at once', async () => {
    const { ask, log, queue } = stage();
    const results = await Promise.all(Array.from({ length: 50 }, () => ask()));
    expect(new Set(results.map((result) => made(result).id)).size).toBe(1);
    expect(results.filter(({ kind }) => kind === 'resent')).toHaveLength(1);
    expect(log.filter(() => true)).toHaveLength(2);
    expect(await queue.depth('normal')).toBe(1);
  });

  it('is given again while it is on its way', async () => {
    const { ask } = stage();
    const first = made(await ask());
    const second = await ask();
    expect([second.kind, made(second).id]).toEqual(['repeated', first.id]);
  });

  it.each(['delivered', 'read', 'failed', 'expired', 'suppressed', 'cancelled'] as const)(
    'cannot be repeated once it is %s; that one can be resent itself',
    async (status) => {
      const { ask, log } = stage();
      const { id } = made(await ask());
      log.change(id, (known) => ({ ...known, status }));
      expect(await ask()).toMatchObject({ kind: 'already_resent', successor: { id, status } });
    },
  );

  it('is made by the next call when a crash came between claim and creation', async () => {
    const { old, ask, log, queue } = stage();
    log.change(old.id, (known) => ({ ...known, resentAs: 'msg_planned' }));
    expect(await ask()).toMatchObject({ kind: 'resent', notification: { id: 'msg_planned', resendOf: old.id } });
    expect(queue.take()?.notificationId).toBe('msg_planned');
  });

  it('is left to the sweeper when the broker is away', async () => {
    const { ask, queue, log, clock } = stage();
    queue.lost = true;
    const { id } = made(await ask());
    expect(log.get(id)?.wakeAt).toEqual(after(60_000, clock.now()));
  });

  it('is judged anew when a receipt comes between', async () => {
    const { ask, flow, log, old } = stage();
    const { desk } = flow;
    const claimResend = desk.claimResend.bind(desk);
    desk.claimResend = async (claim) => {
      log.change(old.id, (known) => ({ ...known, status: 'delivered' }));
      return claimResend(claim);
    };
    expect(await ask()).toEqual({ kind: 'refused', reason: 'needs_force', status: 'delivered' });
    expect(log.filter(() => true)).toHaveLength(1);
  });

  it('names what is missing in the variables', async () => {
    const { ask, old } = stage({ context: { customer_name: 'John' } });
    expect(await ask()).toEqual({
      kind: 'invalid',
      issues: [{ field: 'context.order_id', message: 'is required by order_confirmation' }],
    });
    expect(old.resentAs).toBeUndefined();
  });

  it('does not find what is not there', async () => {
    expect(await stage().ask({ id: 'msg_nobody' })).toEqual({ kind: 'not_found' });
  });
});

describe('whether something may be resent', () => {
  const outcome = async (parts: Partial<Notification>, request: Partial<ResendRequest> = {}) => {
    const result = await stage(parts).ask(request);
    return result.kind === 'refused' ? result.reason : result.kind;
  };

  it.each(deliveryStatuses)('depends on its status: %s', async (status) => {
    const inFlight = ['scheduled', 'queued', 'sending', 'retrying'].includes(status);
    const arrived = ['sent', 'delivered', 'read', 'unknown'].includes(status);
    expect(await outcome({ status })).toBe(inFlight ? 'in_flight' : arrived ? 'needs_force' : 'resent');
    expect(await outcome({ status }, { force: true })).toBe(inFlight ? 'in_flight' : 'resent');
  });

  const reminder = {
    messageType: 'delivery_reminder',
    context: { customer_name: 'John', delivery_date: '2026-02-01' },
  } as const;

  it('depends on its moment, where it is bound to one', async () => {
    expect(await outcome({ ...reminder, validUntil: after(0) })).toBe('expired');
    expect(await outcome({ ...reminder, validUntil: after(0) }, { force: true })).toBe('expired');
    expect(await outcome({ ...reminder, validUntil: after(0) }, { validUntil: after(7_200_000) })).toBe('resent');
    expect(await outcome({ ...reminder, validUntil: after(7_200_000) })).toBe('resent');
    expect(await outcome({ validUntil: after(0) })).toBe('resent');
  });

  it('keeps the moment it is bound to', async () => {
    const { ask } = stage({ ...reminder, validUntil: after(7_200_000) });
    expect(made(await ask()).validUntil).toEqual(after(7_200_000));
  });

  it('does not take a validity that has passed', async () => {
    expect(await outcome({}, { validUntil: after(0) })).toBe('invalid');
  });
});
