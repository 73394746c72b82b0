import { eventCatalogue } from '@earlybird/events';
import { Interruption, Stage, aTemplate, anEvent, after, testStart } from '@earlybird/testing';
import { AppError } from '../kernel/app-error.js';
import type { DomainEvent } from '../event/domain-event.js';
import type { EventEnvelope } from '../event/parse-event.js';
import type { Notification } from '../notification/notification.js';
import { rules } from '../notification/rules/rules.js';
import { type Acceptance, acceptEvent } from './accept-event.js';

const night = new Date('2026-02-01T23:00+05:30');

function envelopeOf(event: unknown, redelivered = false): EventEnvelope {
  const { type } = event as DomainEvent;
  return {
    body: new TextEncoder().encode(JSON.stringify(event)),
    routingKey: type,
    publisher: eventCatalogue.has(type) ? eventCatalogue.publisherOf(type).user : 'svc-order',
    redelivered,
    correlationId: 'cor',
  };
}

function accept(stage: Stage, interruption?: Interruption): (envelope: EventEnvelope) => Promise<Acceptance> {
  const register = { catalogue: eventCatalogue, trusted: [] };
  return acceptEvent({ ...stage.worker('worker-1', interruption), register, rules });
}

const all = (stage: Stage): Promise<readonly Notification[]> => stage.stores.history.search({}, { limit: 200 });

function takeAll(stage: Stage) {
  const taken = [];
  for (let next = stage.queue.take(); next !== undefined; next = stage.queue.take()) taken.push(next);
  return taken;
}

describe('accepting an event', () => {
  it('stores one queued notification and enqueues its first attempt', async () => {
    const stage = new Stage();
    const event = anEvent('order.created', {}, { correlationId: 'order 123' });
    const acceptance = await accept(stage)({ ...envelopeOf(event), traceparent: 'trace' });
    expect(acceptance).toEqual({ kind: 'accepted', event, created: 1 });
    const [notification] = await all(stage);
    expect(notification).toMatchObject({ status: 'queued', correlationId: 'order 123' });
    expect(notification).not.toHaveProperty('text');
    expect(takeAll(stage)).toEqual([
      {
        notificationId: notification?.id,
        attempt: 1,
        lane: 'normal',
        repeat: false,
        correlationId: 'order 123',
        traceparent: 'trace',
      },
    ]);
    expect(stage.reporter.happenings).toMatchObject([
      { kind: 'event_accepted', eventId: event.id, publisher: 'svc-order', status: 'queued' },
    ]);
  });

  it('puts marketing into the bulk lane', async () => {
    const stage = new Stage();
    await accept(stage)(envelopeOf(anEvent('product.launched')));
    expect(stage.queue.take('bulk')).toMatchObject({ attempt: 1, lane: 'bulk' });
    expect(takeAll(stage)).toEqual([]);
  });

  it.each<[string, DomainEvent, Date, (stage: Stage) => void, string]>([
    [
      'suppressed',
      anEvent('order.created'),
      testStart,
      (stage) => stage.settings.putPerson({ userId: 'cust_123', notificationsEnabled: false }),
      'notifications_disabled',
    ],
    [
      'suppressed',
      anEvent('order.created', { customer: { id: 'c', name: 'Jo', phone: 'unknown' } }),
      testStart,
      () => undefined,
      'no_usable_phone',
    ],
    [
      'expired',
      anEvent('order.created', {}, { time: after(-25 * 3_600_000) }),
      testStart,
      () => undefined,
      'validity_passed',
    ],
    ['scheduled', anEvent('customer.churn_risk_detected', {}, { time: night }), night, () => undefined, 'quiet_hours'],
  ])(
    'stores a %s notification with its reason and enqueues nothing',
    async (status, event, now, prepare, statusReason) => {
      const stage = new Stage();
      await stage.clock.advance(now.getTime() - testStart.getTime());
      prepare(stage);
      expect(await accept(stage)(envelopeOf(event))).toMatchObject({ kind: 'accepted', created: 1 });
      expect(await all(stage)).toMatchObject([{ status, statusReason }]);
      expect([...takeAll(stage), stage.queue.take('bulk')]).toEqual([undefined]);
    },
  );

  it('goes by the template in the recipient’s language', async () => {
    const stage = new Stage();
    stage.settings.putPerson({ userId: 'cust_123', language: 'hi' });
    stage.templates.put(aTemplate({ language: 'hi', validityMs: 1_000 }));
    await accept(stage)(envelopeOf(anEvent('order.created')));
    expect(await all(stage)).toMatchObject([{ language: 'hi', validUntil: after(1_000) }]);
  });

  it('sets aside what cannot be one of ours, with the reason, and stores nothing', async () => {
    const stage = new Stage();
    const broken = { ...anEvent('order.created', {}, { id: 'evt_1' }), data: {} };
    const acceptance = await accept(stage)(envelopeOf(broken));
    expect(acceptance).toMatchObject({ kind: 'parked', reason: 'invalid_data', eventId: 'evt_1' });
    expect(stage.reporter.happenings).toMatchObject([
      { kind: 'event_parked', reason: 'invalid_data', routingKey: 'order.created', publisher: 'svc-order' },
    ]);
    expect(await all(stage)).toEqual([]);
    expect(takeAll(stage)).toEqual([]);
  });

  describe('that comes again', () => {
    it('as a fresh copy, enqueues nothing: whoever stored it enqueues it', async () => {
      const stage = new Stage();
      const envelope = envelopeOf(anEvent('order.created'));
      await accept(stage)(envelope);
      takeAll(stage);
      expect(await accept(stage)(envelope)).toMatchObject({ kind: 'accepted', created: 0 });
      expect(takeAll(stage)).toEqual([]);
      expect(stage.reporter.of('event_duplicate')).toMatchObject([{ enqueuedAgain: false }]);
    });

    it('as a redelivery, enqueues what no attempt was made of', async () => {
      const stage = new Stage();
      const event = anEvent('order.created');
      await accept(stage)(envelopeOf(event));
      takeAll(stage);
      await accept(stage)(envelopeOf(event, true));
      expect(takeAll(stage)).toMatchObject([{ attempt: 1 }]);
      expect(stage.reporter.of('event_duplicate')).toMatchObject([{ enqueuedAgain: true }]);
    });

    it.each(['sending', 'retrying', 'sent', 'failed', 'scheduled', 'cancelled', 'unknown'] as const)(
      'as a redelivery, leaves alone what has moved on to %s',
      async (status) => {
        const stage = new Stage();
        const event = anEvent('order.created');
        await accept(stage)(envelopeOf(event));
        takeAll(stage);
        const [{ id = '' } = {}] = await all(stage);
        await stage.stores.notifications.changeStatus({ id, from: ['queued'], to: status, at: after(1) });
        await accept(stage)(envelopeOf(event, true));
        expect(takeAll(stage)).toEqual([]);
      },
    );

    it('as a redelivery, leaves alone what was put back after an attempt', async () => {
      const stage = new Stage();
      const event = anEvent('order.created');
      await accept(stage)(envelopeOf(event));
      takeAll(stage);
      const [stored] = await all(stage);
      if (stored !== undefined) stage.log.put({ ...stored, lastAttemptNumber: 1 });
      await accept(stage)(envelopeOf(event, true));
      expect(takeAll(stage)).toEqual([]);
    });

    it('a hundred times, twenty at once, to two workers: one notification and one envelope', async () => {
      const stage = new Stage();
      const envelope = envelopeOf(anEvent('order.created'));
      const [first, second] = [accept(stage), accept(stage)];
      for (let batch = 0; batch < 5; batch += 1)
        await Promise.all(Array.from({ length: 20 }, (_, copy) => (copy % 2 === 0 ? first : second)(envelope)));
      expect(await all(stage)).toHaveLength(1);
      expect(takeAll(stage)).toHaveLength(1);
      expect(stage.reporter.of('event_accepted')).toHaveLength(1);
      expect(stage.reporter.of('event_duplicate')).toHaveLength(99);
    });

    it('with the same id from another service, or for another customer, is another', async () => {
      const stage = new Stage();
      const event = anEvent('order.created', {}, { id: 'evt_1' });
      const other = anEvent('billing.payment_received', {}, { id: 'evt_1' });
      const { customer } = event.data;
      const third = anEvent('order.created', { customer: { ...customer, id: 'cust_9' } }, { id: 'evt_1' });
      for (const each of [event, other, third]) await accept(stage)(envelopeOf(each));
      expect(await all(stage)).toHaveLength(3);
    });
  });

  describe.each(['before', 'after'] as const)('when the worker is killed %s a step', (when) => {
    /** Ports are called in this order: settings, template, create, enqueue. */
    it.each([1, 2, 3, 4])('(the %i. one), loses and doubles nothing after the redelivery', async (step) => {
      const stage = new Stage();
      const event = anEvent('order.created');
      const interruption = new Interruption(step, when);
      await expect(accept(stage, interruption)(envelopeOf(event))).rejects.toThrow('killed');
      await accept(stage)(envelopeOf(event, true));
      const [notification, ...others] = await all(stage);
      expect(others).toEqual([]);
      const envelopes = takeAll(stage);
      const enqueuedTwice = step === 4 && when === 'after';
      expect(envelopes).toHaveLength(enqueuedTwice ? 2 : 1);
      for (const envelope of envelopes)
        expect(envelope).toMatchObject({ notificationId: notification?.id, attempt: 1, repeat: false });
    });

    it('has no further step', async () => {
      const stage = new Stage();
      const interruption = new Interruption(5, when);
      await accept(stage, interruption)(envelopeOf(anEvent('order.created')));
      expect(interruption.calls).toBe(4);
    });
  });

  it.each([
    [3, new AppError('database_unavailable', 'away')],
    [4, new AppError('broker_unavailable', 'away')],
    [4, new AppError('publish_unconfirmed', 'perhaps')],
  ])(
    'throws lost infrastructure at step %i, and the envelope handed over once more repairs it',
    async (step, error) => {
      for (const when of ['before', 'after'] as const) {
        const stage = new Stage();
        const event = anEvent('order.created');
        const handle = accept(stage, new Interruption(step, when, error));
        await expect(handle(envelopeOf(event))).rejects.toBe(error);
        await handle(envelopeOf(event, true));
        expect(await all(stage)).toHaveLength(1);
        expect(takeAll(stage).length).toBeGreaterThanOrEqual(1);
      }
    },
  );
});
