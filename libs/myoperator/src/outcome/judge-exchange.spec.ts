import { type Outcome } from '@earlybird/core';
import { type Exchange } from '../client/exchange.js';
import { judgeExchange } from './judge-exchange.js';
import { statusTable } from './status-table.js';
import { transportTable } from './transport-table.js';

const now = Date.parse('2026-01-27T10:30:00Z');

function judge(status: number, body: unknown, headers: Record<string, string> = {}, complete = true): Outcome {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return judgeExchange({ kind: 'answered', status, headers, text, complete }, (piece) => piece, now);
}

describe('an answer', () => {
  it.each([
    [200, { message_id: 'wamid.1' }],
    [201, { id: 'wamid.1' }],
    [200, { status: 'success', code: '200', data: { conversaton_id: 'c', message_id: 'wamid.1' } }],
    [202, { data: { id: 'wamid.1' } }],
  ])('%d %j is accepted', (httpStatus, body) => {
    expect(judge(httpStatus, body)).toEqual({ kind: 'accepted', providerMessageId: 'wamid.1', httpStatus });
  });

  it('may give a number as an id', () => {
    expect(judge(200, { id: 4711 })).toMatchObject({ kind: 'accepted', providerMessageId: '4711' });
  });

  const rows: readonly (readonly [number, unknown, object])[] = [
    // Two hundreds that are no acceptance.
    [
      200,
      { status: 'success', code: '200', message: 'Accepted', data: {} },
      { kind: 'unknown', reason: 'accepted_without_id' },
    ],
    [200, { message_id: '' }, { kind: 'unknown', reason: 'accepted_without_id' }],
    [200, { message_id: null, id: {} }, { kind: 'unknown', reason: 'accepted_without_id' }],
    [200, { message_id: 'x'.repeat(257) }, { kind: 'unknown' }],
    [204, '', { kind: 'unknown', reason: 'accepted_without_id' }],
    [200, '<html>welcome</html>', { kind: 'unknown' }],
    [200, '[{"id":"1"}]', { kind: 'unknown' }],
    [200, { status: 'error', code: '131026', id: 'request-1' }, { kind: 'refused', errorCode: '131026' }],
    [200, { error: { code: 190 } }, { kind: 'halted', scope: 'account', errorCode: '190' }],
    [200, { status: 'error', code: 'NEW_CODE' }, { kind: 'deferred', reason: 'unlisted_code', errorCode: 'NEW_CODE' }],
    [200, { success: false }, { kind: 'unknown', reason: 'accepted_without_id' }],
    // Redirects.
    [301, '', { kind: 'halted', scope: 'road', reason: 'redirected' }],
    [308, '', { kind: 'halted', scope: 'road' }],
    [302, '', { kind: 'unknown', reason: 'redirected' }],
    [303, { id: '1' }, { kind: 'unknown' }],
    // Refusals by status.
    [400, { message: 'no' }, { kind: 'refused', reason: 'bad_request' }],
    [404, '<h1>Not found</h1>', { kind: 'refused' }],
    [422, '', { kind: 'refused' }],
    [401, '', { kind: 'halted', scope: 'account', reason: 'account_unauthorized' }],
    [403, '<html>', { kind: 'halted', scope: 'account' }],
    [402, {}, { kind: 'halted', scope: 'account', reason: 'account_unpaid' }],
    [408, '', { kind: 'deferred', reason: 'provider_timeout' }],
    [409, {}, { kind: 'deferred', reason: 'unlisted_status' }],
    [413, '', { kind: 'deferred' }],
    [418, { code: 'TEAPOT' }, { kind: 'deferred', errorCode: 'TEAPOT' }],
    // Codes go before the status, in each of their places.
    [400, { code: '131026' }, { kind: 'refused', consequence: 'suppress_recipient', errorCode: '131026' }],
    [400, { error: { code: 131026 } }, { kind: 'refused', consequence: 'suppress_recipient' }],
    [400, { errors: [{ title: 'x' }, { code: 131026 }] }, { kind: 'refused', consequence: 'suppress_recipient' }],
    [400, { data: { error: { code: '131026' } } }, { kind: 'refused', consequence: 'suppress_recipient' }],
    [500, { error: { code: 131026 } }, { kind: 'refused' }],
    [400, { error: { code: 131031 } }, { kind: 'halted', scope: 'account' }],
    [400, { code: 'OTHER', error: { code: 131000 } }, { kind: 'deferred', errorCode: '131000' }],
    [400, { code: 'OTHER' }, { kind: 'refused', errorCode: 'OTHER' }],
    // A code that repeats the status is none.
    [400, { status: 'error', code: '400' }, { kind: 'refused', reason: 'bad_request' }],
    [500, { code: 500, message: null }, { kind: 'unknown' }],
    // Five hundreds.
    [500, { error: { code: 131000 } }, { kind: 'deferred', reason: 'provider_error' }],
    [503, { status: 'error', message: 'maintenance' }, { kind: 'deferred', reason: 'provider_error' }],
    [500, { code: 'CHAT_9999' }, { kind: 'deferred', errorCode: 'CHAT_9999' }],
    [500, { message: null }, { kind: 'unknown', reason: 'provider_failed' }],
    [500, { message: 'Internal server error' }, { kind: 'unknown', reason: 'provider_failed' }],
    [504, { message: 'Endpoint request timed out' }, { kind: 'unknown' }],
    [502, '<h1>Bad gateway</h1>', { kind: 'unknown' }],
    [500, '', { kind: 'unknown' }],
    [500, '{"error":', { kind: 'unknown' }],
  ];

  it.each(rows)('%d %j is judged by the table', (status, body, expected) => {
    expect(judge(status, body)).toMatchObject({ httpStatus: status, ...expected });
  });

  it.each([
    ['2', {}, 2_000],
    [undefined, {}, 5_000],
    ['Tue, 27 Jan 2026 10:30:30 GMT', {}, 30_000],
    ['100000', {}, 3_600_000],
    ['soon', {}, 5_000],
    ['60', { error: { code: 131056 } }, 60_000],
    [undefined, { error: { code: 131056 } }, 6_000],
    ['60', { error: { code: 131049 } }, 86_400_000],
    [undefined, { code: '130429' }, 1_000],
  ])('429 with Retry-After %s and %j waits %d ms', (header, body, retryAfterMs) => {
    const headers: Record<string, string> = header === undefined ? {} : { 'retry-after': header };
    expect(judge(429, body, headers)).toMatchObject({ kind: 'throttled', retryAfterMs });
  });

  it('slows the whole number down for a 429, and one recipient alone for the limit of a pair', () => {
    expect(judge(429, '')).toMatchObject({ scope: 'sender', reason: 'rate_limit' });
    expect(judge(400, { error: { code: 131056 } })).toMatchObject({ scope: 'recipient', reason: 'pair_rate' });
  });

  it('that was cut off is judged by what came: the status, and an id that is whole', () => {
    expect(judge(400, '<html', {}, false)).toMatchObject({ kind: 'refused' });
    expect(judge(200, '{"message_id":"wam', {}, false)).toMatchObject({ kind: 'unknown' });
    expect(judge(500, '{"error":{"code":131', {}, false)).toMatchObject({ kind: 'unknown' });
  });

  it('keeps a redacted piece of itself unless it accepts', () => {
    const exchange: Exchange = {
      kind: 'answered',
      status: 400,
      headers: {},
      text: 'for +919876543210',
      complete: true,
    };
    expect(judgeExchange(exchange, () => 'redacted', now)).toMatchObject({ detail: 'redacted' });
    expect(judge(200, { id: '1' })).not.toHaveProperty('detail');
    expect(judge(401, '')).not.toHaveProperty('detail');
  });
});

describe('no answer', () => {
  it.each(Object.keys(transportTable) as (keyof typeof transportTable)[])('%s is judged by the table', (reason) => {
    const { verdict } = transportTable[reason];
    const exchange = { kind: verdict.kind === 'unknown' ? 'unanswered' : 'unsent', reason } as Exchange;
    expect(judgeExchange(exchange, (text) => text, now)).toEqual(verdict);
    expect(verdict).toMatchObject(verdict.kind === 'unknown' ? { reason } : { kind: 'halted', scope: 'road', reason });
  });
});

it.each(Object.entries({ ...statusTable, ...transportTable }))('%s has a sentence', (_, { sentence }) => {
  expect(sentence).toMatch(/^[A-Z].+\.$/);
});
