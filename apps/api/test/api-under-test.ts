import { randomBytes } from 'node:crypto';
import { type CommandAnswer, type CommandOrder, type PublisherFigures, type Receipt } from '@earlybird/core';
import { readWebhook } from '@earlybird/myoperator';
import { NunjucksRenderer, seedTemplates } from '@earlybird/nunjucks';
import { createLogger, Health, Metrics, noSpans, systemClock } from '@earlybird/ops';
import { headersOfParked } from '@earlybird/rabbitmq';
import {
  aPolicy,
  MemoryAuditLog,
  MemoryCommandDesk,
  MemoryDesk,
  MemoryDispatchQueue,
  MemoryEraser,
  MemoryFailures,
  MemoryLog,
  MemoryReplayLog,
  MemoryReplays,
  MemoryOrphanList,
  MemoryParkedEvents,
  MemoryStatistics,
  memoryStores,
  MemoryTemplates,
  MemorySettings,
  MemorySettingsDesk,
  RecordingReporter,
} from '@earlybird/testing';
import { SignJWT } from 'jose';
import { type Role } from '../src/access/role.js';
import { type ApiParts } from '../src/api-parts.js';
import { createApp } from '../src/create-app.js';
import { type Answer } from './answer.js';
import { type Described, describedBy } from './described.js';

export const secret = randomBytes(32).toString('hex');
export const webhookKey = randomBytes(16).toString('hex');
export const jwt = {
  keys: { kind: 'secret', secret },
  issuer: 'earlybird',
  audience: 'earlybird-notifications',
  rolesClaim: 'roles',
} as const;

/** What a call may bring. */
export interface Call {
  readonly as?: Role | 'nobody';
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The api on a free port, on fakes. */
export interface ApiUnderTest {
  readonly url: string;
  readonly fakes: Fakes;
  readonly described: Described;
  /** Every route of the running app below the prefix: `POST /messages/{id}/cancel`. */
  readonly routes: readonly string[];
  /**
   * Calls `path` below the prefix (or any other that begins with `//`), by default as an admin. Throws when the answer is none
   * that the OpenAPI document describes.
   */
  call(method: string, path: string, call?: Call): Promise<Answer>;
  close(): Promise<void>;
}

/** Everything that a test may put on record behind the api's back. */
export type Fakes = ReturnType<typeof fakesOf>;

/** Starts the api with other parts where a test gives some. */
export async function startApi(
  parts: Partial<ApiParts> = {},
  http: { readonly ratePerMinute?: number; readonly corsOrigins?: readonly string[] } = {},
  verify: Parameters<typeof createApp>[1]['jwt'] = jwt,
): Promise<ApiUnderTest> {
  const fakes = fakesOf();
  const listen = { host: '127.0.0.1', port: 0, trustedProxies: 0, ratePerMinute: 100_000, corsOrigins: [], ...http };
  const app = await createApp({ ...fakes.parts, ...parts }, { http: listen, jwt: verify });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const described = describedBy(app);
  return {
    url,
    fakes,
    described,
    routes: routesOf(app.getHttpAdapter().getInstance() as unknown as ExpressApp),
    call: async (method, path, call = {}) => {
      const answer = await request(url, method, path, call);
      described.check(method, path, answer);
      return answer;
    },
    close: async () => {
      app.getHttpServer().closeAllConnections();
      await app.close();
    },
  };
}

/** What express knows of its routes. */
interface ExpressApp {
  readonly router: {
    readonly stack: readonly {
      readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
    }[];
  };
}

function routesOf({ router }: ExpressApp): readonly string[] {
  const prefix = '/api/notifications';
  return router.stack.flatMap(({ route }) =>
    route === undefined || !route.path.startsWith(prefix)
      ? []
      : Object.keys(route.methods).map(
          (method) => `${method.toUpperCase()} ${route.path.slice(prefix.length).replace(/:(\w+)/g, '{$1}')}`,
        ),
  );
}

/** A token as an identity provider would give it out. */
export async function tokenFor(roles: unknown, claims: Readonly<Record<string, unknown>> = {}): Promise<string> {
  return new SignJWT({ roles, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(typeof claims['sub'] === 'string' ? claims['sub'] : 'test-client')
    .setIssuer('earlybird')
    .setAudience('earlybird-notifications')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(secret));
}

async function request(url: string, method: string, path: string, call: Call): Promise<Answer> {
  const { as = 'admin', token = as === 'nobody' ? undefined : await tokenFor([as]), body, headers } = call;
  const target = path.startsWith('//') ? `${url}${path.slice(1)}` : `${url}/api/notifications${path}`;
  const answer = await fetch(target, {
    method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

function fakesOf() {
  const log = new MemoryLog();
  const stores = memoryStores(log);
  const settings = new MemorySettings();
  const templates = new MemoryTemplates();
  for (const seed of seedTemplates()) templates.put({ ...seed, createdAt: new Date(0) });
  const audit = new MemoryAuditLog();
  const replays = new MemoryReplays();
  const publishers: PublisherFigures[] = [];
  const orphans = new MemoryOrphanList();
  const parkedEvents = new MemoryParkedEvents();
  const queue = new MemoryDispatchQueue(systemClock, 30_000);
  const reporter = new RecordingReporter();
  const received: Receipt[] = [];
  const commandDesk = new MemoryCommandDesk();
  /** What the worker answers to every command at once; nothing by default. */
  const worker: { answer?: CommandAnswer } = {};
  const ordered: CommandOrder[] = [];
  const health = new Health();
  const [mongodb, rabbitmq] = [health.addSwitch('mongodb'), health.addSwitch('rabbitmq')];
  mongodb.up();
  rabbitmq.up();
  const renderer = new NunjucksRenderer();
  const parts: ApiParts = {
    notifications: stores.notifications,
    history: stores.history,
    desk: new MemoryDesk(log),
    failures: new MemoryFailures(log),
    replays,
    replayLog: new MemoryReplayLog(log),
    statistics: new MemoryStatistics(log, systemClock),
    publisherRecord: { countSince: async () => publishers },
    orphans,
    parkedEvents,
    parkedHeaders: headersOfParked,
    settings,
    settingsDesk: new MemorySettingsDesk(settings),
    eraser: new MemoryEraser(log, settings),
    templates,
    renderer,
    checker: renderer,
    audit,
    queue,
    commandDesk,
    commandQueue: {
      order: async (order) => {
        ordered.push(order);
        if (worker.answer !== undefined) await commandDesk.answer(order.id, worker.answer, new Date());
      },
    },
    queueNames: {
      dispatch: (lane) => `dispatch ${lane}`,
      retry: (lane, delayMs) => `retry ${lane} ${delayMs}`,
      defer: (lane) => `defer ${lane}`,
      parked: 'parked',
    },
    receiptQueue: { enqueue: async (receipt) => void received.push(receipt) },
    readWebhook,
    webhook: { apiKey: webhookKey, allowUnauthenticated: false },
    policy: aPolicy(),
    immediateWaitMs: 100,
    isStopping: () => false,
    clock: systemClock,
    reporter,
    health,
    metrics: new Metrics('api', { withNode: false }),
    log: createLogger({ app: 'api', level: 'silent' }),
    spans: noSpans,
  };
  return {
    parts,
    log,
    stores,
    audit,
    replays,
    publishers,
    orphans,
    parkedEvents,
    settings,
    templates,
    queue,
    reporter,
    received,
    worker,
    commandDesk,
    ordered,
    health,
    mongodb,
    rabbitmq,
  };
}
