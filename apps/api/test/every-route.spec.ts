import { jest } from '@jest/globals';
import { roles } from '../src/access/role.js';
import { problemCodes } from '../src/problem/problem-codes.js';
import { type Answer } from './answer.js';
import { type ApiUnderTest, type Call, jwt, startApi, tokenFor } from './api-under-test.js';
import { badParameters, badValues } from './bad-values.js';
import { badTokens, signedWithOwnKey } from './bad-tokens.js';
import {
  brokenParts,
  callExample,
  type ExampleCall,
  exampleCall,
  fieldsOf,
  isOfBroker,
  isOfDatabase,
  lost,
  withPlaceholder,
  wrongFieldsOf,
} from './route-call.js';
import { type RouteRow, routeRows } from './route-rows.js';

// A route with twenty fields is called three hundred times.
jest.setTimeout(60_000);

let api: ApiUnderTest;
beforeAll(async () => (api = await startApi()));
afterAll(() => api.close());

it('every route of the running app has a row, and every row a route', () => {
  expect(Object.keys(routeRows).sort()).toEqual([...api.routes].sort());
});

describe.each(Object.entries(routeRows))('%s', (route, row) => {
  const [, template = ''] = route.split(' ');
  const { allowed, arrange, success = 200, headers = {}, others = [] }: RouteRow = row;
  const isOpen = allowed.includes('nobody');
  /** What was answered, as the document writes it: `200`, `404 message_not_found`. */
  const seen = new Set<string>();

  const operation = () => {
    const found = api.described.operations.get(route);
    if (found === undefined) throw new Error(`${route} is in no document`);
    return found;
  };
  const example = (): ExampleCall => exampleCall(route, operation());
  const ask = async (change: Call = {}, query = '', on = api): Promise<Answer> => {
    const answer = await callExample(on, example(), { headers, ...change }, query);
    note(answer);
    return answer;
  };
  const note = ({ status, body }: Answer) =>
    seen.add(typeof body['code'] === 'string' ? `${status} ${body['code']}` : String(status));

  it('answers the example of its document', async () => {
    await arrange?.(api);
    expect((await ask()).status).toBe(success);
    for (const { name, schema } of (operation().parameters ?? []).filter((parameter) => parameter.in === 'query')) {
      if (name === 'cursor') continue;
      const answer = await ask({}, `?${name}=${encodeURIComponent(String(schema.example))}`);
      expect([name, answer.status]).toEqual([name, success]);
    }
  });

  it(`is for ${allowed.join(', ')} alone`, async () => {
    for (const as of [...roles, 'nobody'] as const) {
      await arrange?.(api);
      const { status } = await ask({ as });
      expect([as, status === 401 || status === 403]).toEqual([as, !allowed.includes(as)]);
    }
    if (!isOpen) expect((await ask({ token: await tokenFor([]) })).body['code']).toBe('role_missing');
  });

  if (!isOpen)
    it('is closed to every bad token', async () => {
      for (const [name, make, code] of badTokens) {
        const answer = await ask({ token: await make() });
        expect([name, answer.status, answer.body['code']]).toEqual([name, 401, code]);
      }
    });

  it('names what is wrong with its address', async () => {
    for (const { name, in: place, schema } of operation().parameters ?? []) {
      if (place === 'header') continue;
      // An empty placeholder is another address.
      for (const value of badParameters(schema).filter((text) => place === 'query' || text !== '')) {
        const answer =
          place === 'path' ? await askAt(name, value) : await ask({}, `?${name}=${encodeURIComponent(value)}`);
        expect([name, value, answer.status, answer.body['code']]).toEqual([name, value, 400, 'invalid_parameters']);
        expect([name, value, wrongFieldsOf(answer)]).toEqual([name, value, [name]]);
      }
      if (place === 'path') expect((await askAt(name, '%zz', (text) => text)).body['code']).toBe('invalid_parameters');
      const operator = place === 'path' ? undefined : await ask({}, `?${name}[$ne]=x`);
      if (operator !== undefined) expect(wrongFieldsOf(operator)).toContain(`${name}[$ne]`);
    }
    const takesQuery = (operation().parameters ?? []).some((parameter) => parameter.in === 'query');
    if (takesQuery) expect(wrongFieldsOf(await ask({}, '?hello=1'))).toEqual(['hello']);
  });

  async function askAt(
    name: string,
    value: string,
    encode: (text: string) => string = encodeURIComponent,
  ): Promise<Answer> {
    const parameters = (operation().parameters ?? []).filter((one) => one.in === 'path' && one.name !== name);
    const path = parameters.reduce(
      (built, other) => withPlaceholder(built, other.name, String(other.schema.example)),
      template.replace(`{${name}}`, encode(value)),
    );
    const answer = await callExample(api, { ...example(), path });
    note(answer);
    return answer;
  }

  it('names what is wrong with its body', async () => {
    const fields = fieldsOf(operation(), api.described.schemas);
    if (fields.length === 0) return;
    const good = (example().body ?? {}) as Readonly<Record<string, unknown>>;
    for (const [field, schema] of fields)
      for (const value of badValues(schema)) {
        const answer = await ask({ body: { ...good, [field]: value } });
        expect([field, value, answer.status, answer.body['code']]).toEqual([field, value, 422, 'invalid_fields']);
        expect([field, value, wrongFieldsOf(answer)]).toEqual([
          field,
          value,
          expect.arrayContaining([startingWith(field)]),
        ]);
      }
    for (const [name, body] of Object.entries(strangeBodies(good)))
      expect([name, (await ask({ body })).body['code']]).toEqual([name, 'invalid_fields']);
  });

  it('refuses a body that is none', async () => {
    if (!('415' in operation().responses)) return;
    const huge = JSON.stringify({ note: 'x'.repeat(10 * 1_024 * 1_024) });
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await ask({ body: '{"a":' })).body['code']).toBe('unreadable_body');
    expect((await ask({ body: '[]' })).body['code']).toBe('unreadable_body');
    expect((await ask({ body: huge })).body['code']).toBe('body_too_large');
    expect((await ask({ body: 'a=b', headers: form })).body['code']).toBe('unsupported_media_type');
  });

  it('says which server is away, and nothing of a bug of ours', async () => {
    const answers = operation().responses;
    if ('503' in answers && !isOpen) {
      expect((await askWithout(isOfDatabase, lost('database_unavailable'))).body['code']).toBe('database_unavailable');
      if (api.described.answersOf(route).includes('503 broker_unavailable'))
        expect((await askWithout(isOfBroker, lost('broker_unavailable'))).body['code']).toBe('broker_unavailable');
      const keys = { kind: 'jwks', url: 'http://127.0.0.1:9/jwks.json' } as const;
      const keyless = await startApi({}, {}, { ...jwt, keys });
      expect((await ask({ token: await signedWithOwnKey() }, '', keyless)).body['code']).toBe('keys_unavailable');
      await keyless.close();
    }
    const answer = await askWithout(
      (name) => isOfDatabase(name) || isOfBroker(name) || name === 'health',
      new Error('boom at /some/path'),
    );
    expect([answer.status, answer.body['code'], answer.text.includes('boom')]).toEqual([500, 'internal_error', false]);
  });

  async function askWithout(which: (name: string) => boolean, error: Error, change: Call = {}): Promise<Answer> {
    const broken = await startApi(brokenParts(api.fakes.parts, error, which));
    await arrange?.(broken);
    const answer = await ask(change, '', broken);
    await broken.close();
    return answer;
  }

  it('answers everything else that its document says, and nothing beyond', async () => {
    for (const { answer: expected, arrange: prepare, call, query = '', without } of others) {
      const parts = without === undefined ? {} : brokenServer(without);
      const fresh = await startApi(parts);
      await prepare?.(fresh);
      const answer = await ask(call ?? {}, query, fresh);
      await fresh.close();
      const wanted = typeof expected === 'number' ? [expected, undefined] : [problemCodes[expected].status, expected];
      expect([answer.status, answer.body['code']]).toEqual(wanted);
    }
    // The rate limit has a test of its own, on a real server (api.e2e.ts).
    const possible = api.described.answersOf(route).filter((one) => one !== '429 too_many_requests');
    expect([...seen].sort()).toEqual([...possible].sort());
  });

  const brokenServer = (server: 'database' | 'broker') =>
    server === 'database'
      ? brokenParts(api.fakes.parts, lost('database_unavailable'), isOfDatabase)
      : brokenParts(api.fakes.parts, lost('broker_unavailable'), isOfBroker);
});

/** Bodies that are wrong as a whole. */
function strangeBodies(good: object): Readonly<Record<string, string>> {
  const text = JSON.stringify(good);
  const rest = text === '{}' ? '}' : `,${text.slice(1)}`;
  return {
    'an unknown field': `{"hello":1${rest}`,
    'an operator as field': `{"$where":"sleep(1000)"${rest}`,
    'a prototype': `{"__proto__":{"admin":true},"constructor":1${rest}`,
  };
}

function startingWith(field: string): unknown {
  return expect.stringMatching(new RegExp(`^${field}(\\.|$)`));
}
