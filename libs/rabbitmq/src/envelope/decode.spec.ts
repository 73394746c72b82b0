import type { Receipt } from '@earlybird/core';
import { aDelivery } from '../../test/a-delivery.js';
import { decodeCommand } from './decode-command.js';
import { decodeDispatchEnvelope } from './decode-dispatch-envelope.js';
import { decodeEventEnvelope } from './decode-event-envelope.js';
import { decodeReceipt } from './decode-receipt.js';

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

describe('a dispatch envelope', () => {
  const body = { notificationId: 'msg_1', attempt: 2, repeat: false };
  const ofLane = (parts: Parameters<typeof aDelivery>[0] = {}) =>
    aDelivery({ queue: 'notifications.dispatch', exchange: '', body: json(body), ...parts });

  it('is read from its body, its queue and its headers', () => {
    const headers = { 'x-correlation-id': 'corr-1', traceparent: '00-1-2-01' };
    expect(decodeDispatchEnvelope(ofLane({ queue: 'notifications.dispatch.bulk', headers }))).toEqual({
      ok: true,
      envelope: { ...body, lane: 'bulk', correlationId: 'corr-1', traceparent: '00-1-2-01' },
    });
  });

  it.each([
    [false, false, false],
    [true, false, true],
    [false, true, true],
    [true, true, true],
  ])('body says repeat %s, broker says redelivered %s: the duty to repeat is %s', (repeat, redelivered, duty) => {
    const decoded = decodeDispatchEnvelope(ofLane({ body: json({ ...body, repeat }), redelivered }));
    expect(decoded).toMatchObject({ envelope: { repeat: duty } });
  });

  it('is followed by its own id when nobody named another', () => {
    expect(decodeDispatchEnvelope(ofLane())).toMatchObject({ envelope: { correlationId: 'msg_1' } });
  });

  it.each([
    ['no JSON', Buffer.from('{"notificationId":'), 'no JSON'],
    ['no object', json([body]), 'body'],
    ['no id', json({ ...body, notificationId: '' }), 'notificationId'],
    ['an attempt of 0', json({ ...body, attempt: 0 }), 'attempt'],
    ['an attempt and a half', json({ ...body, attempt: 1.5 }), 'attempt'],
    ['no duty', json({ notificationId: 'msg_1', attempt: 1 }), 'repeat'],
    ['far too much', Buffer.alloc(1_000_000, 0x20), '1000000 bytes'],
  ])('with %s is none, and says where', (_, malformed, where) => {
    expect(decodeDispatchEnvelope(ofLane({ body: malformed }))).toEqual({
      ok: false,
      detail: expect.stringContaining(where) as string,
    });
  });

  it('comes from a dispatch queue only', () => {
    expect(decodeDispatchEnvelope(ofLane({ queue: 'notifications.dispatch.dlq' }))).toMatchObject({ ok: false });
  });
});

describe('a receipt', () => {
  const receipt: Receipt = {
    providerMessageId: 'wamid.1',
    reference: { notificationId: 'msg_1', attempt: 1 },
    status: 'delivered',
    at: new Date('2026-01-02T03:04:05.006Z'),
    receivedAt: new Date('2026-01-02T03:04:06Z'),
    eventId: 'e1',
    errorCode: '131026',
  };

  it('comes back as it was sent', () => {
    const headers = { traceparent: '00-1-2-01' };
    const { traceparent } = headers;
    expect(decodeReceipt(aDelivery({ body: json(receipt), headers }))).toEqual({
      ok: true,
      envelope: { receipt, traceparent },
    });
    const { providerMessageId, status, at, receivedAt } = receipt;
    const least = { providerMessageId, status, at, receivedAt };
    expect(decodeReceipt(aDelivery({ body: json(least) }))).toEqual({ ok: true, envelope: { receipt: least } });
  });

  it.each([
    ['status', 'eaten'],
    ['at', 'yesterday'],
    ['receivedAt', 5],
    ['providerMessageId', ''],
    ['reference', { notificationId: 'msg_1' }],
  ])('with a wrong %s is none', (field, value) => {
    expect(decodeReceipt(aDelivery({ body: json({ ...receipt, [field]: value }) }))).toMatchObject({
      ok: false,
      detail: expect.stringContaining(field) as string,
    });
  });
});

describe('an event envelope', () => {
  it('is vouched for by the broker', () => {
    expect(decodeEventEnvelope(aDelivery({ contentType: 'application/cloudevents+json' }))).toEqual({
      body: Buffer.from('{}'),
      routingKey: 'order.created',
      publisher: 'svc-order',
      contentType: 'application/cloudevents+json',
      redelivered: false,
    });
  });

  it('of a publisher is not what its headers pretend', () => {
    const headers = { 'x-publisher': 'svc-billing', 'x-original-routing-key': 'billing.bill_issued', 'x-attempt': 5 };
    expect(decodeEventEnvelope(aDelivery({ headers }))).toMatchObject({
      publisher: 'svc-order',
      routingKey: 'order.created',
      redelivered: false,
    });
  });

  it('that we copied ourselves keeps its publisher, its key and the duty to repeat', () => {
    const copy = aDelivery({
      exchange: '',
      routingKey: 'notifications.events',
      userId: 'svc-notifications-worker',
      headers: {
        'x-publisher': 'svc-order',
        'x-original-routing-key': 'order.created',
        'x-attempt': 2,
        'x-correlation-id': 'corr-1',
        traceparent: '00-1-2-01',
      },
    });
    expect(decodeEventEnvelope(copy)).toMatchObject({
      publisher: 'svc-order',
      routingKey: 'order.created',
      redelivered: true,
      correlationId: 'corr-1',
      traceparent: '00-1-2-01',
    });
  });

  it('that we copied of an unnamed publisher has none', () => {
    const copy = aDelivery({ exchange: '', userId: 'svc-notifications-worker' });
    expect(decodeEventEnvelope(copy)).not.toHaveProperty('publisher');
  });
});

describe('a command', () => {
  const order = { id: 'cmd_1', command: { kind: 'wake_replays' }, by: 'asha', at: new Date('2026-01-27T10:31:00Z') };
  const sent = (parts: object) => decodeCommand(aDelivery({ body: json({ ...order, ...parts }) }));

  it('is read as it was written', () => {
    expect(sent({})).toEqual({ ok: true, envelope: order });
  });

  it.each([
    ['no id', { id: '' }, 'id'],
    ['a kind that is none', { command: { kind: 'drop_everything' } }, 'command.kind'],
    ['more than its kind asks for', { command: { kind: 'wake_replays', all: true } }, 'command'],
    ['no time', { at: 'yesterday' }, 'at'],
  ])('with %s is none', (_, parts, field) => {
    expect(sent(parts)).toMatchObject({ ok: false, detail: expect.stringContaining(field) as unknown });
  });
});
