import { readWebhook } from './read-webhook.js';

const receivedAt = new Date('2026-01-27T10:31:05Z');
const read = (body: unknown) => readWebhook(body, receivedAt);
const userReceipt = { message_id: 'msg-xyz', status: 'delivered', timestamp: '2026-01-27T10:31:00Z' };

const v2Receipt = {
  event_id: 'evt-1',
  company_id: 'c',
  event_type: 'message.delivered',
  event_sequence: 2,
  event_version: 'v2',
  timestamp: '2026-01-27T10:31:00.123456789Z',
  channel: 'whatsapp',
  direction: 'outbound',
  session_id: 's',
  system_identifier: '911234567890',
  customer_identifier: '919876543210',
  payload: { id: 'msg-xyz', status: 'delivered', data: {}, metadata: { waba_msg_id: 'wamid.1' }, phone_number_id: 'p' },
};

const v2Inbound = {
  ...v2Receipt,
  event_id: 'evt-2',
  event_type: 'message.received',
  direction: 'inbound',
  payload: { id: 'in-1', status: 'received', data: { type: 'text', context: { body: 'STOP' } } },
};

describe("a receipt in the user's shape", () => {
  it('is read word for word', () => {
    expect(read(userReceipt)).toEqual({
      receipts: [
        { providerMessageId: 'msg-xyz', status: 'delivered', at: new Date('2026-01-27T10:31:00Z'), receivedAt },
      ],
      inbound: [],
      ignored: 0,
      unreadable: [],
    });
  });

  it.each(['queued', 'sent', 'delivered', 'read', 'failed'])('may say %s', (status) => {
    expect(read({ ...userReceipt, status }).receipts).toMatchObject([{ status }]);
  });

  it.each([
    [{ code: '131026' }],
    [{ error: { code: 131026 } }],
    [{ errors: [{ code: 131026 }] }],
    [{ data: { error: { code: 131026 } } }],
  ])('that failed tells its code, found in %j', (more) => {
    expect(read({ ...userReceipt, status: 'failed', ...more }).receipts).toMatchObject([{ errorCode: '131026' }]);
  });

  it('may carry fields that we do not know, a number as id, a status in capitals', () => {
    const report = { ...userReceipt, message_id: 4711, status: 'READ', more: { deep: [1] } };
    expect(read(report).receipts).toMatchObject([{ providerMessageId: '4711', status: 'read' }]);
  });

  it('with an impossible time counts from when it came', () => {
    expect(read({ ...userReceipt, timestamp: '2026-99-99' }).receipts).toMatchObject([{ at: receivedAt }]);
    expect(read({ message_id: 'm', status: 'sent' }).receipts).toMatchObject([{ at: receivedAt }]);
  });
});

describe('a receipt of version 2', () => {
  it('is read with its event id and its time down to the millisecond', () => {
    expect(read(v2Receipt).receipts).toEqual([
      {
        providerMessageId: 'msg-xyz',
        status: 'delivered',
        at: new Date('2026-01-27T10:31:00.123Z'),
        receivedAt,
        eventId: 'evt-1',
      },
    ]);
  });

  it.each([
    [{ myop_ref_id: 'msg_1:2' }],
    [{ data: { myop_ref_id: 'msg_1:2' } }],
    [{ metadata: { myop_ref_id: 'msg_1:2' } }],
  ])('may echo our reference: %j', (more) => {
    const report = { ...v2Receipt, payload: { ...v2Receipt.payload, ...more } };
    expect(read(report).receipts).toMatchObject([{ reference: { notificationId: 'msg_1', attempt: 2 } }]);
  });

  it('has no reference when the echo is somebody else’s', () => {
    const report = { ...v2Receipt, payload: { ...v2Receipt.payload, myop_ref_id: 'csat_123' } };
    expect(read(report).receipts[0]).not.toHaveProperty('reference');
  });

  it('takes its status from the event type where the payload has none', () => {
    const { status: _, ...payload } = v2Receipt.payload;
    expect(read({ ...v2Receipt, event_type: 'message.read', payload }).receipts).toMatchObject([{ status: 'read' }]);
  });

  it('that failed tells its code also from inside its data', () => {
    const payload = { id: 'm', status: 'failed', data: { errors: [{ code: 131049 }] } };
    expect(read({ ...v2Receipt, event_type: 'message.failed', payload }).receipts).toMatchObject([
      { status: 'failed', errorCode: '131049' },
    ]);
  });

  it('may lack the customer', () => {
    const { customer_identifier: _, ...report } = v2Receipt;
    expect(read(report).receipts).toHaveLength(1);
  });
});

describe('an inbound message', () => {
  it('is read with phone, text and time', () => {
    expect(read(v2Inbound).inbound).toEqual([
      { phone: '+919876543210', text: 'STOP', at: new Date('2026-01-27T10:31:00.123Z'), receivedAt, eventId: 'evt-2' },
    ]);
  });

  it('may give the number with a plus', () => {
    expect(read({ ...v2Inbound, customer_identifier: '+919876543210' }).inbound).toMatchObject([
      { phone: '+919876543210' },
    ]);
  });

  it.each([
    [{ text: { body: 'START' } }],
    [{ body: 'START' }],
    [{ text: 'START' }],
    [{ type: 'text', context: { body: 'START' } }],
  ])('may have its text in another place: %j', (data) => {
    expect(read({ ...v2Inbound, payload: { id: 'in-1', data } }).inbound).toMatchObject([{ text: 'START' }]);
  });

  it('that is a picture has no text', () => {
    const payload = { id: 'in-1', data: { type: 'image', context: { url: 'https://x' } } };
    expect(read({ ...v2Inbound, payload }).inbound[0]).not.toHaveProperty('text');
  });

  it('without a number that can be answered is named as unreadable, without the number', () => {
    expect(read({ ...v2Inbound, customer_identifier: '12345' })).toMatchObject({
      inbound: [],
      unreadable: [{ index: 0, problem: 'customer_identifier is no mobile number' }],
    });
  });
});

describe('a call of the webhook', () => {
  it('may be a batch of both shapes, receipts and messages, and what is none of our business', () => {
    const reading = read([
      userReceipt,
      v2Inbound,
      v2Receipt,
      { ...v2Receipt, event_type: 'session.started', payload: {} },
    ]);
    expect(reading).toMatchObject({ receipts: [{}, {}], inbound: [{}], ignored: 1, unreadable: [] });
  });

  it('is read as far as it can be: one bad report does not lose the others', () => {
    expect(read([{}, userReceipt, 7, { message_id: 'm', status: 'exploded' }])).toMatchObject({
      receipts: [{ providerMessageId: 'msg-xyz' }],
      unreadable: [
        { index: 0, problem: 'message_id, status is missing or malformed' },
        { index: 2, problem: 'is no JSON object' },
        { index: 3, problem: 'status is none that is known' },
      ],
    });
  });

  it.each([
    null,
    undefined,
    '',
    'text',
    0,
    true,
    [],
    [[]],
    [null],
    { event_type: 'message.read' },
    { event_type: {} },
    { event_type: 'message.read', payload: null },
    { event_type: 'message.read', payload: { id: { $ne: null } } },
    { event_type: 'message.received', payload: {} },
    { message_id: { $gt: '' }, status: 'read' },
    { message_id: 'm', status: ['read'] },
    { message_id: ' ', status: 'read' },
    { message_id: 'x'.repeat(257), status: 'read' },
    JSON.parse('{"__proto__":{"message_id":"m","status":"read"}}'),
  ])('that makes no sense (%j) yields nothing and throws nothing', (body) => {
    expect(read(body)).toMatchObject({ receipts: [], inbound: [] });
  });
});
