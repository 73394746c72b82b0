import { type CommandAnswer, type Notification, type Replay } from '@earlybird/core';
import { aNotification, aReplay } from '@earlybird/testing';
import { type Role, roles } from '../src/access/role.js';
import { type ProblemCode } from '../src/problem/problem-codes.js';
import { type ApiUnderTest, type Call, webhookKey } from './api-under-test.js';

/** What a test has to know of a route beside its OpenAPI document. */
export interface RouteRow {
  readonly allowed: readonly (Role | 'nobody')[];
  /** Puts on record what the example of the document speaks of. */
  readonly arrange?: (api: ApiUnderTest) => unknown;
  /** Default 200. */
  readonly success?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Answers that come of what is on record, or of what no schema can say. */
  readonly others?: readonly OtherAnswer[];
}

/** An answer other than the example's, and how it comes about. */
export interface OtherAnswer {
  /** A code of a problem document, or a status. */
  readonly answer: ProblemCode | number;
  readonly arrange?: (api: ApiUnderTest) => unknown;
  /** In place of the example's body and headers. */
  readonly call?: Pick<Call, 'body' | 'headers'>;
  /** Behind the example's address. */
  readonly query?: string;
  /** Which server is away. */
  readonly without?: 'database' | 'broker';
}

/** The id that every example of the document has. */
const id = 'msg_0mb3k2x9p4f7abcdefghijklm';
const phone = '+919876543210';
const readers = ['viewer', 'operator', 'admin'] as const;
const operators = ['operator', 'admin'] as const;
const senders = ['sender', 'admin'] as const;
const withSenders = ['viewer', 'operator', 'sender', 'admin'] as const;
const admins = ['admin'] as const;
const everybody = [...roles, 'nobody'] as const;

/** Puts the message of the examples on record. */
function given(parts: Partial<Notification>): (api: ApiUnderTest) => void {
  return ({ fakes }) =>
    fakes.log.put(aNotification({ id, createdAt: new Date(Date.now() - 3_600_000), requestedBy: 'other', ...parts }));
}

/** The example's request was made before, and has come to its outcome. */
async function sentMeanwhile(api: ApiUnderTest): Promise<void> {
  const operation = api.described.operations.get('POST /send-message');
  const body = operation?.requestBody?.content['application/json']?.example;
  const { body: made } = await api.call('POST', '/send-message', { headers: { 'Idempotency-Key': 'order_123' }, body });
  api.fakes.log.change(String(made['id']), (known) => ({ ...known, status: 'sent' }));
}

/** The replay of the examples. */
function replayOf(parts: Partial<Replay> = {}): Replay {
  return aReplay({ id: 'replay_0mb3k2x9p4f7abcdefghijklm', ...parts });
}

function runningReplay({ fakes }: ApiUnderTest): void {
  fakes.replays.put(replayOf());
}

const nobody = { answer: 'message_not_found' } as const;
const isDown: OtherAnswer = { answer: 503, arrange: ({ fakes }) => fakes.mongodb.down('no writable MongoDB') };
const health: RouteRow = { allowed: everybody, arrange: ({ fakes }) => fakes.mongodb.up(), others: [isDown] };
/** The worker answers every command at once. */
function answering(answer: CommandAnswer): (api: ApiUnderTest) => void {
  return ({ fakes }) => {
    fakes.worker.answer = answer;
  };
}

const figures = { released: 1, scheduledReleased: 1, replayed: 1, purged: 1, skipped: 0 };
const done = answering({ kind: 'done', figures });
const givenUp = answering({ kind: 'failed', reason: 'poison' });

/** Sets the event of the examples aside. */
async function parked({ fakes }: ApiUnderTest): Promise<void> {
  await fakes.parkedEvents.record({
    id: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    reason: 'invalid_data',
    detail: 'data.order_id: expected a string',
    publisher: 'svc-order',
    routingKey: 'order.created',
    body: Buffer.from('{"type":"order.created"}').toString('base64'),
    parkedAt: new Date(),
  });
}

/** Both, one after the other. */
function both(...steps: readonly ((api: ApiUnderTest) => unknown)[]): (api: ApiUnderTest) => Promise<void> {
  return async (api) => {
    for (const step of steps) await step(api);
  };
}

const settling: RouteRow = {
  allowed: operators,
  arrange: both(parked, done),
  others: [
    { answer: 'parked_event_not_found' },
    { answer: 202, arrange: parked },
    { answer: 'command_failed', arrange: both(parked, givenUp) },
  ],
};
const stop = {
  event_type: 'message.received',
  event_id: 'e-1',
  timestamp: '2026-01-27T10:31:00Z',
  customer_identifier: '919876543210',
  payload: { id: 'in-1', data: { context: { body: 'STOP' } } },
};

/** One row per route of the api; a route without a row fails the tests, and so does a row without a route. */
export const routeRows: Readonly<Record<string, RouteRow>> = {
  'POST /send-message': {
    allowed: senders,
    success: 202,
    others: [
      { answer: 'invalid_parameters', call: { headers: { 'Idempotency-Key': 'with space' } } },
      {
        answer: 'idempotency_conflict',
        arrange: (api) =>
          api.call('POST', '/send-message', {
            headers: { 'Idempotency-Key': 'order_123' },
            body: { phone, message_type: 'pause_confirmation', context: { customer_name: 'A' }, immediate: false },
          }),
        call: { headers: { 'Idempotency-Key': 'order_123' } },
      },
      { answer: 200, arrange: sentMeanwhile, call: { headers: { 'Idempotency-Key': 'order_123' } } },
    ],
  },
  'GET /history': { allowed: withSenders, others: [{ answer: 'invalid_cursor', query: '?cursor=nonsense' }] },
  'GET /history/{phone}': { allowed: withSenders, others: [{ answer: 'invalid_cursor', query: '?cursor=e30' }] },
  'GET /unknown': { allowed: readers, others: [{ answer: 'invalid_cursor', query: '?cursor=WzEsMiwzXQ' }] },
  'GET /messages/{id}': { allowed: withSenders, arrange: given({ requestedBy: 'test-client' }), others: [nobody] },
  'GET /messages/{id}/trace': { allowed: readers, arrange: given({}), others: [nobody] },
  'POST /messages/{id}/cancel': {
    allowed: operators,
    arrange: given({ status: 'queued' }),
    others: [nobody, { answer: 'not_cancellable', arrange: given({ status: 'sent' }) }],
  },
  'POST /messages/{id}/resolve': {
    allowed: operators,
    arrange: given({ status: 'unknown' }),
    others: [nobody, { answer: 'not_in_doubt', arrange: given({ status: 'failed' }) }],
  },
  'POST /resend/{id}': {
    allowed: operators,
    arrange: given({ status: 'failed' }),
    others: [
      nobody,
      { answer: 'message_in_flight', arrange: given({ status: 'retrying' }) },
      { answer: 'needs_force', arrange: given({ status: 'delivered' }) },
      {
        answer: 'expired',
        arrange: given({
          status: 'failed',
          messageType: 'delivery_reminder',
          context: { customer_name: 'J', delivery_date: '2026-02-01' },
          validUntil: new Date(0),
        }),
      },
      {
        answer: 'already_resent',
        arrange: (api) => {
          given({ id: 'msg_successor0000', status: 'failed' })(api);
          given({ status: 'failed', resentAs: 'msg_successor0000' })(api);
        },
      },
    ],
  },
  'GET /failures': { allowed: readers },
  'POST /failures/dismiss': { allowed: operators, arrange: given({ status: 'failed' }) },
  'POST /failures/restore': { allowed: operators },
  'GET /statistics': { allowed: readers },
  'GET /templates': { allowed: readers },
  'GET /templates/{type}': {
    allowed: readers,
    others: [{ answer: 'template_not_found', arrange: ({ fakes }) => fakes.templates.clear() }],
  },
  'PUT /templates/{type}': { allowed: admins },
  'POST /templates/{type}/preview': {
    allowed: readers,
    others: [{ answer: 'template_not_found', call: { body: { version: 999 } } }],
  },
  'POST /templates/{type}/rollback': {
    allowed: admins,
    others: [{ answer: 'template_not_found', call: { body: { language: 'en', version: 999 } } }],
  },
  'GET /settings/{user_id}': {
    allowed: readers,
    arrange: (api) => api.call('PUT', '/settings/cust_123', { body: { language: 'hi' } }),
    others: [{ answer: 'settings_not_found' }],
  },
  'PUT /settings/{user_id}': { allowed: senders },
  'GET /settings/by-phone/{phone}': {
    allowed: readers,
    arrange: (api) => api.call('PUT', `/settings/by-phone/${phone}`, { body: { marketing_opt_out: true } }),
    others: [{ answer: 'settings_not_found' }],
  },
  'PUT /settings/by-phone/{phone}': { allowed: senders },
  'DELETE /recipients/{phone}': { allowed: admins },
  'POST /process-queue': {
    allowed: operators,
    arrange: done,
    others: [
      { answer: 202 },
      {
        answer: 'provider_halted',
        arrange: answering({ kind: 'refused', reason: 'provider_halted', detail: 'Sending is halted since noon.' }),
      },
      { answer: 'command_failed', arrange: givenUp },
    ],
  },
  'GET /commands/{id}': {
    allowed: operators,
    arrange: ({ fakes }) =>
      fakes.commandDesk.open({
        id: 'cmd_0mb3k2x9p4f7abcdefghijklm',
        command: { kind: 'release_waiting' },
        by: 'asha',
        at: new Date(),
      }),
    others: [{ answer: 'command_not_found' }],
  },
  'GET /parked': { allowed: operators, others: [{ answer: 'invalid_cursor', query: '?cursor=nonsense' }] },
  'GET /parked/{id}': { allowed: operators, arrange: parked, others: [{ answer: 'parked_event_not_found' }] },
  'POST /parked/replay': settling,
  'POST /parked/purge': { ...settling, allowed: admins },
  'POST /replays': {
    allowed: operators,
    headers: { 'Idempotency-Key': 'outage-of-monday' },
    others: [
      { answer: 202, call: { body: {} } },
      {
        answer: 'idempotency_conflict',
        arrange: (api) =>
          api.call('POST', '/replays', { headers: { 'Idempotency-Key': 'outage-of-monday' }, body: {} }),
        call: { body: { cause: 'timeout' } },
      },
      { answer: 'invalid_parameters', call: { headers: { 'Idempotency-Key': 'with space' } } },
    ],
  },
  'GET /replays': { allowed: readers, others: [{ answer: 'invalid_cursor', query: '?cursor=nonsense' }] },
  'GET /replays/{id}': {
    allowed: readers,
    arrange: runningReplay,
    others: [{ answer: 'replay_not_found', arrange: ({ fakes }) => fakes.replays.clear() }],
  },
  'POST /replays/{id}/cancel': {
    allowed: operators,
    arrange: runningReplay,
    others: [
      { answer: 'replay_ended', arrange: ({ fakes }) => fakes.replays.put(replayOf({ state: 'done' })) },
      { answer: 'replay_not_found', arrange: ({ fakes }) => fakes.replays.clear() },
    ],
  },
  'GET /audit': { allowed: admins },
  'GET /publishers': { allowed: readers },
  'GET /receipts/orphans': { allowed: readers },
  'GET /health': health,
  'GET /health/ready': health,
  'GET /health/live': {
    allowed: everybody,
    others: [
      {
        answer: 503,
        arrange: ({ fakes }) => fakes.health.addLiveCheck('heartbeat', () => ({ ok: false, reason: 'stopped' })),
      },
    ],
  },
  'POST /webhooks/myoperator': {
    allowed: everybody,
    headers: { 'X-Api-Key': webhookKey },
    others: [
      { answer: 'credentials_wrong', call: { headers: { 'X-Api-Key': 'wrong' } } },
      { answer: 'invalid_receipt', call: { body: { status: 'delivered' } } },
      { answer: 'invalid_receipt', call: { body: { message_id: { $ne: null }, status: 'read', timestamp: 'x' } } },
      { answer: 'unreadable_body', call: { body: '{' } },
      { answer: 'body_too_large', call: { body: { message_id: 'x'.repeat(10 * 1_024 * 1_024) } } },
      { answer: 'broker_unavailable', without: 'broker' },
      { answer: 'database_unavailable', without: 'database', call: { body: stop } },
    ],
  },
};
