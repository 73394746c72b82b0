import {
  eventually,
  freePort,
  givenServer,
  makeDatabase,
  makeVhost,
  type RunningSystem,
  startApp,
  startSystem,
} from '@earlybird/testing';
import { secret, tokenFor } from './api-under-test.js';

// Real processes start here; each takes a few seconds on a busy machine.
interface Message {
  readonly id: string;
  readonly status: string;
  readonly [field: string]: unknown;
}

describe('the api on real servers', () => {
  let system: RunningSystem;
  beforeAll(async () => (system = await startSystem({ api: true })));
  afterAll(() => system.stop());

  const call = async (method: string, path: string, body?: unknown) => {
    const { status, body: answer } = await system.callApi(method, path, body);
    return { status, body: answer as Message & { readonly messages: readonly Message[] } };
  };

  it('answers an immediate request with its outcome, and tells later that it was read', async () => {
    const sent = await call('POST', '/send-message', {
      phone: '+919876543211',
      message_type: 'delivery_reminder',
      context: { delivery_date: '2026-02-01', customer_name: 'John Doe' },
      reference_id: 'order_123',
      immediate: true,
    });
    expect(sent.status).toBe(200);
    expect(sent.body['message_text']).toContain('Your EarlyBird delivery scheduled for February 1');
    expect(sent.body['myoperator_id']).toEqual(expect.any(String));
    const read = await eventually(
      async () => {
        const { body } = await call('GET', `/messages/${sent.body.id}`);
        return body.status === 'read' && body;
      },
      { message: 'the message is read' },
    );
    expect(read['delivered_at']).toEqual(expect.any(String));
    expect(read['myoperator_message_id']).toBe(sent.body['myoperator_id']);
  });

  it('takes a request that is not immediate, and finds it by what the sender calls it', async () => {
    const taken = await call('POST', '/send-message', {
      phone: '+919876543210',
      message_type: 'delivery_reminder',
      context: { customer_name: 'John', delivery_date: 'Jan 28', area: 'Bandra' },
      reference_id: 'sub-123',
      immediate: false,
    });
    expect([taken.status, taken.body.status]).toEqual([202, 'queued']);
    const found = await eventually(
      async () => {
        const { body } = await call('GET', '/history?reference_id=sub-123&status=read');
        return body.messages[0];
      },
      { message: 'the message is in the history as read' },
    );
    expect(found.id).toBe(taken.body.id);
  });

  it('shows a message that is tried again with the queue it waits in', async () => {
    const { body } = await call('POST', '/send-message', {
      phone: '+919999900005',
      message_type: 'payment_confirmation',
      context: { customer_name: 'John', amount: 2500 },
    });
    expect(['unknown', 'retrying']).toContain(body.status);
    expect((await call('GET', `/messages/${body.id}`)).body['attempts']).toMatchObject([
      { number: 1, http_status: 500 },
    ]);
  });

  it('lists the seeded templates', async () => {
    expect((await call('GET', '/templates')).body['count']).toBe(20);
  });

  it('resends what failed, groups it, and settles it by that', async () => {
    const { body } = await call('POST', '/send-message', {
      phone: '+919999900001',
      message_type: 'order_confirmation',
      context: { customer_name: 'John', order_id: 'order_refused' },
      reference_id: 'order_refused',
    });
    expect(body.status).toBe('failed');
    const causes = async () => {
      const { body: failures } = await call('GET', '/failures?message_type=order_confirmation');
      return (failures['groups'] as readonly { readonly cause: string; readonly count: number }[]).map(
        ({ cause, count }) => [count, cause],
      );
    };
    expect(await causes()).toEqual([[1, expect.stringContaining('131026')]]);
    const resends = await Promise.all(Array.from({ length: 20 }, () => call('POST', `/resend/${body.id}`, {})));
    const successors = new Set(resends.flatMap(({ status, body: made }) => (status === 200 ? [made.id] : [])));
    expect(successors.size).toBe(1);
    expect((await call('GET', `/messages/${body.id}`)).body['resolved']).toMatchObject({ how: 'resent' });
  });

  it('publishes a template that the next message has, and takes it back', async () => {
    const saved = await call('PUT', '/templates/pause_confirmation', {
      language: 'en',
      body: 'Paused, {{ customer_name }}!',
      state: 'published',
    });
    expect(saved.body).toMatchObject({ version: 2, state: 'published' });
    const send = () =>
      call('POST', '/send-message', {
        phone: '+919876543220',
        message_type: 'pause_confirmation',
        context: { customer_name: 'Asha' },
      });
    await eventually(async () => (await send()).body['message_text'] === 'Paused, Asha!', {
      message: 'the worker sends the new version',
    });
    const back = await call('POST', '/templates/pause_confirmation/rollback', { language: 'en', version: 1 });
    expect(back.body).toMatchObject({ version: 1, state: 'published' });
  });

  it('cancels what waits for its moment, and tells its story', async () => {
    const [sendAt, validUntil] = [3_600_000, 7_200_000].map((ms) => new Date(Date.now() + ms).toISOString());
    const { body } = await call('POST', '/send-message', {
      phone: '+919876543221',
      message_type: 'pause_confirmation',
      context: { customer_name: 'Asha' },
      send_at: sendAt,
      valid_until: validUntil,
    });
    expect(body.status).toBe('scheduled');
    expect((await call('POST', `/messages/${body.id}/cancel`, { note: 'wrong day' })).body.status).toBe('cancelled');
    const { body: trace } = await call('GET', `/messages/${body.id}/trace`);
    expect(JSON.stringify(trace['steps'])).toContain('cancelled it: wrong day');
  });

  it('counts what it sent', async () => {
    const { body } = await call('GET', '/statistics?days=1');
    expect(body['total_sent']).toBeGreaterThan(0);
    expect(body['total_failed']).toBeGreaterThan(0);
  });

  it('erases a recipient', async () => {
    const phone = encodeURIComponent('+919876543211');
    expect((await call('GET', `/history/${phone}`)).body['count']).toBeGreaterThan(0);
    const erased = await call('DELETE', `/recipients/${phone}`);
    expect(erased.body['messages']).toBeGreaterThan(0);
    expect((await call('GET', `/history/${phone}`)).body['count']).toBe(0);
    const { body: audit } = await call('GET', '/audit?action=recipient_erased');
    expect(audit['entries']).toMatchObject([{ by: 'test', subject: '+91******3211' }]);
  });

  it('holds no right but to write to its exchange', () => {
    expect(system.api?.log('connection_lost')).toEqual([]);
  });
});

describe('an api whose servers are not there', () => {
  it('says what is missing, and limits the rate of each client', async () => {
    const [port, metricsPort, nobody] = [await freePort(), await freePort(), await freePort()];
    const api = await startApp({
      app: 'api',
      env: {
        ENV_FILE: 'none',
        RABBITMQ_URL: `amqp://guest:guest@127.0.0.1:${nobody}`,
        MONGO_URL: `mongodb://127.0.0.1:${nobody}/nothing`,
        API_PORT: String(port),
        API_METRICS_PORT: String(metricsPort),
        API_RATE_PER_MINUTE: '3',
        JWT_SECRET: secret,
        WEBHOOK_API_KEY: 'a-key-of-this-very-test',
      },
      readyLine: '"context":"api"',
    });
    try {
      const get = async (path: string, token?: string) => {
        const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
        const answer = await fetch(`http://127.0.0.1:${port}/api/notifications${path}`, { headers });
        return {
          status: answer.status,
          headers: answer.headers,
          body: (await answer.json()) as Record<string, unknown>,
        };
      };
      const health = await get('/health');
      expect([health.status, health.body['message']]).toEqual([
        503,
        'WhatsApp notification service waits for mongodb and rabbitmq',
      ]);
      const [one, other] = [await tokenFor(['viewer'], { sub: 'one' }), await tokenFor(['viewer'], { sub: 'other' })];
      for (const path of ['/history', '/templates', '/history'])
        expect(await get(path, one)).toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
      const limited = await get('/history', one);
      expect([limited.status, limited.body['code']]).toEqual([429, 'too_many_requests']);
      expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await get('/history', other)).status).toBe(503);
      const guesses = [
        await get('/history', 'a'),
        await get('/history', 'b'),
        await get('/history'),
        await get('/history', 'c'),
      ];
      expect(guesses.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
      expect((await get('/health')).status).toBe(503);
      for (const [method, route] of await limitedRoutes(port)) {
        const headers = { Authorization: `Bearer ${await tokenFor(['admin'], { sub: `${method} ${route}` })}` };
        const ask = async () => (await fetch(`http://127.0.0.1:${port}${route}`, { method, headers })).status;
        const statuses = [await ask(), await ask(), await ask(), await ask()];
        expect([method, route, statuses.map((status) => status === 429)]).toEqual([
          method,
          route,
          [false, false, false, true],
        ]);
      }
      const awaited = () => api.log('waiting_for_server').map(({ server }) => server);
      await eventually(() => awaited().includes('MongoDB') && awaited().includes('RabbitMQ'), {
        message: 'the log says what is waited for',
      });
      expect(await api.stop()).toBe(0);
    } finally {
      await api.kill();
    }
  });

  it('goes on by itself when they come', async () => {
    const [port, metricsPort] = [await freePort(), await freePort()];
    const [vhost, database] = [await makeVhost(), makeDatabase(givenServer('MONGO_URL').href)];
    const api = await startApp({
      app: 'api',
      env: {
        ENV_FILE: 'none',
        RABBITMQ_URL: vhost.url,
        MONGO_URL: database.url,
        API_PORT: String(port),
        API_METRICS_PORT: String(metricsPort),
        JWT_SECRET: secret,
        WEBHOOK_API_KEY: 'a-key-of-this-very-test',
      },
      readyLine: '"event":"topology_wrong"',
    });
    try {
      await vhost.manage('PUT', 'exchanges/{vhost}/notifications.internal', { type: 'direct', durable: true });
      await eventually(async () => (await fetch(`http://127.0.0.1:${metricsPort}/health/ready`)).status === 200, {
        message: 'the api is ready',
      });
    } finally {
      await api.kill();
      await Promise.all([vhost.remove(), database.drop()]);
    }
  });
});

/** Every route of which the document says that it may answer 429, as method and address. */
async function limitedRoutes(port: number): Promise<readonly (readonly [string, string])[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/docs-json`);
  const { paths } = (await answer.json()) as {
    readonly paths: Record<string, Record<string, { readonly responses: object }>>;
  };
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { responses }]) => '429' in responses)
      .map(([method]) => [method.toUpperCase(), path.replace(/\{\w+\}/g, 'x')] as const),
  );
  expect(routes.length).toBeGreaterThan(25);
  return routes;
}
