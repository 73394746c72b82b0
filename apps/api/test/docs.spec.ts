import { problemCodeNames, problemCodes } from '../src/problem/problem-codes.js';
import { type ApiUnderTest, startApi } from './api-under-test.js';

let api: ApiUnderTest;
beforeAll(async () => (api = await startApi()));
afterAll(() => api.close());

interface Operation {
  readonly summary?: string;
  readonly security?: readonly unknown[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly examples?: object }>> }>
  >;
}

const routes = [
  'DELETE /api/notifications/recipients/{phone}',
  'GET /api/notifications/audit',
  'GET /api/notifications/commands/{id}',
  'GET /api/notifications/failures',
  'GET /api/notifications/health',
  'GET /api/notifications/health/live',
  'GET /api/notifications/health/ready',
  'GET /api/notifications/history',
  'GET /api/notifications/history/{phone}',
  'GET /api/notifications/messages/{id}',
  'GET /api/notifications/messages/{id}/trace',
  'GET /api/notifications/parked',
  'GET /api/notifications/parked/{id}',
  'GET /api/notifications/publishers',
  'GET /api/notifications/receipts/orphans',
  'GET /api/notifications/settings/by-phone/{phone}',
  'GET /api/notifications/settings/{user_id}',
  'GET /api/notifications/statistics',
  'GET /api/notifications/templates',
  'GET /api/notifications/templates/{type}',
  'GET /api/notifications/unknown',
  'POST /api/notifications/failures/dismiss',
  'POST /api/notifications/failures/restore',
  'POST /api/notifications/messages/{id}/cancel',
  'POST /api/notifications/messages/{id}/resolve',
  'POST /api/notifications/parked/purge',
  'POST /api/notifications/parked/replay',
  'POST /api/notifications/process-queue',
  'POST /api/notifications/resend/{id}',
  'POST /api/notifications/send-message',
  'POST /api/notifications/templates/{type}/preview',
  'POST /api/notifications/templates/{type}/rollback',
  'POST /api/notifications/webhooks/myoperator',
  'PUT /api/notifications/settings/by-phone/{phone}',
  'PUT /api/notifications/settings/{user_id}',
  'PUT /api/notifications/templates/{type}',
];

async function operations(): Promise<readonly (readonly [string, Operation])[]> {
  const { body } = await api.call('GET', '//docs-json', { as: 'nobody' });
  const paths = body['paths'] as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
  );
}

describe('the OpenAPI document', () => {
  it('has a page', async () => {
    const page = await api.call('GET', '//docs', { as: 'nobody' });
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('EarlyBird notifications') as unknown]);
  });

  it('knows every route with a summary, an answer and its problems', async () => {
    const found = await operations();
    expect(found.map(([route]) => route).sort()).toEqual(routes);
    for (const [, operation] of found) {
      expect(operation.summary).toMatch(/\w/);
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['500']));
    }
  });

  it('names every problem code somewhere, and none that is not in the registry', async () => {
    const named = (await operations()).flatMap(([, { responses }]) =>
      Object.entries(responses).flatMap(([status, { content }]) =>
        Object.keys(content?.['application/problem+json']?.examples ?? {}).map(
          (code) => [code, Number(status)] as const,
        ),
      ),
    );
    for (const [code, status] of named)
      expect([code, problemCodes[code as keyof typeof problemCodes].status]).toEqual([code, status]);
    const everywhere = ['route_not_found', 'bad_request'];
    expect([...new Set([...named.map(([code]) => code), ...everywhere])].sort()).toEqual([...problemCodeNames].sort());
  });
});
