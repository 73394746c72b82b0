import { type AttemptFinish, type HistoryFilter, type Notification, lanes } from '@earlybird/core';
import {
  FakeClock,
  aNotification,
  aReceipt,
  aReplay,
  aTemplate,
  after,
  eventually,
  guardLeaks,
  makeDatabase,
  testStart,
} from '@earlybird/testing';
import { type mongo } from 'mongoose';
import { collectionNames } from './connection/collection-names.js';
import { MongoConnection } from './connection/mongo-connection.js';
import { toStoredTemplate } from './message/template.mapper.js';
import { migrate } from './migration/migrate.js';
import { type MongoStores, mongoStores } from './mongo-stores.js';
import { MongoWorkFigures } from './notification/work-figures.store.js';
import { toStoredNotification } from './notification/notification.mapper.js';
import { toStoredReplay } from './replay/stored-replay.js';

/** Enough that no planner finds it cheaper to read the whole collection. */
const documents = 3_000;

const database = makeDatabase();
const connection = new MongoConnection({ url: database.url, monitorCommands: true });
const clock = new FakeClock();
let stores: MongoStores;
/** Every query that a store sent, as a `find` or `aggregate` that can be explained; writes by their filter. */
let queries: mongo.Document[] = [];

beforeAll(async () => {
  await connection.connect();
  await migrate(connection, { seeds: [], print: () => undefined });
  stores = mongoStores(connection, { clock, retentionDays: 4_000 });
  await fill();
  connection.db.client.on('commandStarted', ({ commandName, command }: mongo.CommandStartedEvent) => {
    queries.push(...queriesOf(commandName, command));
  });
});

beforeEach(() => {
  queries = [];
});

afterAll(async () => {
  await stores.close();
  await connection.close();
  await database.drop();
});

const rows = <Row>(make: (index: number) => Row): readonly Row[] =>
  Array.from({ length: documents }, (_, index) => make(index));

async function fill(): Promise<void> {
  const { db } = connection;
  const statuses = ['sent', 'delivered', 'read', 'failed', 'queued'] as const;
  const notifications = rows((index) =>
    aNotification({
      status: statuses[index % 5] ?? 'sent',
      createdAt: after(-index * 600_000),
      recipient: { phone: `+9198765${String(index).padStart(5, '0')}`, userId: `user-${index}`, name: 'Jo' },
      referenceId: `order-${index}`,
      providerMessageId: `wamid-${index}`,
      lastAttemptNumber: index % 50 === 0 ? 2 : 1,
      messageType: index % 3 === 0 ? 'order_confirmation' : 'payment_reminder',
      ...(index % 5 === 4 ? { wakeAt: after(index * 60_000) } : {}),
      ...(index % 50 === 3 ? { replay: `replay_${index % 9}` } : {}),
      ...(index % 4 === 0 ? { requestedBy: `client-${index % 8}` } : {}),
    }),
  );
  await db
    .collection<{ _id: string }>(collectionNames.notifications)
    .insertMany(notifications.map((one) => toStoredNotification(one, 4_000)));
  await db.collection<{ _id: string }>(collectionNames.parkedEvents).insertMany([
    ...rows((index) => ({
      _id: `digest-${index}`,
      reason: 'invalid_data',
      publisher: 'svc-order',
      parkedAt: after(-index * 60_000),
      ...(index % 2 === 0 ? { settled: { by: 'asha', at: testStart, how: 'replayed' } } : {}),
    })),
  ]);
  await db
    .collection<{ _id: string }>(collectionNames.commands)
    .insertMany([...rows((index) => ({ _id: `cmd_${index}`, by: 'asha', at: after(-index) }))]);
  await db
    .collection<{ _id: string }>(collectionNames.orphanedReceipts)
    .insertMany([...rows((index) => ({ ...aReceipt({ providerMessageId: `orphan-${index}` }), _id: `key-${index}` }))]);
  await db
    .collection<{ _id: string }>(collectionNames.templates)
    .insertMany([...rows((index) => toStoredTemplate(aTemplate({ version: index + 1, state: 'retired' })))]);
  await db
    .collection(collectionNames.personSettings)
    .insertMany([
      ...rows((index) => ({ userId: `user-${index}`, phone: `+9198765${String(index).padStart(5, '0')}` })),
    ]);
  await db
    .collection(collectionNames.numberSettings)
    .insertMany([...rows((index) => ({ phone: `+9198765${String(index).padStart(5, '0')}` }))]);
  await db.collection<{ _id: string }>(collectionNames.replays).insertMany([
    ...rows((index) => {
      const { filter } = aReplay();
      const phone = `+9198765${String(index).padStart(5, '0')}`;
      const replay = aReplay({ state: 'done', idempotencyKey: `key-${index}`, filter: { ...filter, phone } });
      return toStoredReplay(replay, 4_000);
    }),
  ]);
}

/** What of a command chooses documents. */
function queriesOf(name: string, command: mongo.Document): readonly mongo.Document[] {
  const collection: unknown = command[name];
  const asFind = (filter: unknown) => ({ find: collection, filter });
  const items = (field: string) => (command[field] ?? []) as readonly { readonly q: unknown }[];
  if (name === 'find') {
    const parts = ['find', 'filter', 'sort', 'limit', 'skip'].filter((part) => command[part] !== undefined);
    return [Object.fromEntries(parts.map((part) => [part, command[part] as unknown]))];
  }
  if (name === 'aggregate') return [{ aggregate: collection, pipeline: command['pipeline'] as unknown, cursor: {} }];
  if (name === 'findAndModify') return [asFind(command['query'])];
  if (name === 'update') return items('updates').map(({ q }) => asFind(q));
  if (name === 'delete') return items('deletes').map(({ q }) => asFind(q));
  return [];
}

async function planOf(query: mongo.Document): Promise<string> {
  return JSON.stringify(await connection.db.command({ explain: query, verbosity: 'queryPlanner' }));
}

/** Fresh statistics come within seconds on engines that plan by them. */
async function expectIndexes(): Promise<void> {
  const sent = queries;
  expect(sent.length).toBeGreaterThan(0);
  for (const query of sent) {
    await eventually(async () => !(await planOf(query)).includes('COLLSCAN'), {
      message: `an index serves ${JSON.stringify(query)}`,
    });
  }
}

const known = async (filter: HistoryFilter = { status: 'queued' }): Promise<Notification> => {
  const [notification] = await stores.history.search(filter, { limit: 1 });
  if (notification === undefined) throw new Error('nothing is stored');
  return notification;
};

describe('no query reads a whole collection', () => {
  it('of the notification store', async () => {
    const { id } = await known();
    queries = [];
    const { notifications } = stores;
    const fresh = aNotification();
    await Promise.all([
      notifications.create(fresh),
      notifications.create(aNotification({ ...fresh, id: 'msg_rival' })),
    ]);
    await Promise.all([notifications.find(id), notifications.find(fresh.id)]);
    const start = {
      number: 7,
      startedAt: testStart,
      leaseUntil: testStart,
      worker: 'w',
      onUnknown: 'hold',
      text: 'Hello',
      templateVersion: 1,
      wakeAt: testStart,
    } as const;
    await notifications.startAttempt({ id, ...start });
    await Promise.all([id, fresh.id].map((one) => notifications.startAttempt({ id: one, ...start, number: 8 })));
    const result = { finishedAt: testStart, outcome: 'unknown', counted: true, durationMs: 1 } as const;
    const finish: AttemptFinish = { id, number: 7, status: 'unknown', result };
    await Promise.all([notifications.finishAttempt(finish), notifications.finishAttempt(finish)]);
    await notifications.recordLateAnswer(id, 7, 'wamid-late', testStart);
    await notifications.changeStatus({ id, from: ['queued'], to: 'cancelled', at: testStart });
    await notifications.claimWaking(id, testStart, testStart);
    await notifications.findWaking(after(30 * 60_000), 500, lanes);
    await expectIndexes();
  });

  it.each<HistoryFilter>([
    {},
    { phone: '+919876500007' },
    { userId: 'user-7' },
    { referenceId: 'order-7' },
    { correlationId: 'correlation-7' },
    { eventId: 'event-7' },
    { messageType: 'order_confirmation' },
    { requestedBy: 'client-4' },
    { status: 'failed' },
    { status: 'retried' },
    { status: 'failed', messageType: 'payment_reminder', from: after(-86_400_000), to: testStart },
    { phone: '+919876500007', status: 'retried' },
  ])(
    'of a search by %j',
    async (filter) => {
      const [first] = await stores.history.search(filter, { limit: 20 });
      const cursor = { createdAt: first?.createdAt ?? testStart, id: first?.id ?? '' };
      await stores.history.search(filter, { limit: 20, after: cursor });
      await stores.history.search(filter, { limit: 20, skip: 40 });
      await expectIndexes();
    },
    60_000,
  );

  it('of replays', async () => {
    const { replays, replayLog } = stores;
    const replay = aReplay({ idempotencyKey: 'key-7' });
    await replays.create(replay);
    await replays.create({ ...replay, id: 'replay_rival' });
    await replays.find(replay.id);
    await replays.list({ limit: 20 });
    await replays.list({ limit: 20, state: 'running', after: replay.id });
    await replays.claim({ holder: 'w', now: testStart, leaseUntil: testStart }, []);
    await replays.claim({ holder: 'w', now: testStart, leaseUntil: testStart }, [replay.id]);
    await replays.end({ id: replay.id, holder: 'w', state: 'done', reason: 'r', at: testStart });
    const filter = { status: 'failed', from: after(-10 * 86_400_000), to: testStart } as const;
    const [place] = await replayLog.candidates(filter, undefined, 20);
    await replayLog.candidates({ ...filter, messageType: 'order_confirmation' }, place, 20);
    await replayLog.candidates({ ...filter, status: 'unknown', phone: '+919876500007' }, undefined, 20);
    await replayLog.countCandidates(filter);
    await replayLog.statusesOf('replay_7');
    await replayLog.latestOf('replay_7', ['sent', 'failed'], 20);
    await stores.eraser.eraseReplays('+919876500007');
    await expectIndexes();
  }, 60_000);

  it('of the count by status', async () => {
    await stores.history.countByStatus(['queued', 'retrying']);
    await expectIndexes();
  });

  it('of the figures of work that waits', async () => {
    await new MongoWorkFigures(connection, stores.history).read(testStart);
    await expectIndexes();
  }, 60_000);

  it('of the receipt store', async () => {
    const { id } = await known();
    queries = [];
    const reference = { notificationId: id, attempt: 1 };
    const receipt = aReceipt({ providerMessageId: 'wamid-nobody', reference });
    await stores.receipts.apply(receipt);
    await stores.receipts.keepOrphan(receipt);
    await stores.receipts.findOrphans('orphan-7');
    await stores.receipts.removeOrphan(receipt);
    await expectIndexes();
  });

  it('of templates', async () => {
    const { version: _v, state: _s, createdAt: _c, ...draft } = aTemplate({ messageType: 'churn_risk' });
    await stores.templates.save(draft, testStart);
    await stores.templates.publish('churn_risk', 'en', 1);
    await stores.templates.findPublished('churn_risk', 'en');
    await stores.templates.object(
      { messageType: 'churn_risk', language: 'en', version: 1 },
      { reason: 'template_paused', at: testStart },
    );
    await stores.templates.findVersions('churn_risk');
    await stores.templates.list();
    await expectIndexes();
  });

  it('of parked events', async () => {
    const { parkedEvents } = stores;
    const parkedAt = after(-60_000);
    await parkedEvents.list({ settled: false, limit: 20 });
    await parkedEvents.list({ settled: true, reason: 'poison', publisher: 'svc-order', limit: 20 });
    await parkedEvents.list({ settled: false, after: { parkedAt, id: 'digest-7' }, limit: 20 });
    await parkedEvents.findAll(['digest-7', 'digest-8']);
    await parkedEvents.settle('digest-7', parkedAt, { by: 'asha', at: testStart, how: 'purged' });
    await expectIndexes();
  }, 60_000);

  it('of what is settled and who has which duty', async () => {
    await stores.desk.findSettled(['msg_1', 'msg_2']);
    await stores.duties.take('tend_dead_letters', 'worker-1', testStart, testStart);
    await stores.duties.leave('tend_dead_letters', 'worker-1');
    await expectIndexes();
  }, 60_000);

  it('of commands', async () => {
    await stores.commandDesk.find('cmd_7');
    await stores.commandDesk.answer('cmd_7', { kind: 'done', figures: {} }, testStart);
    await expectIndexes();
  }, 60_000);

  it('of a request that is repeated', async () => {
    await stores.notifications.findByKey('a key');
    await expectIndexes();
  });

  it('of what waits for a template', async () => {
    await stores.desk.wake('churn_risk', 'template_held', testStart);
    await expectIndexes();
  });

  it('of settings', async () => {
    const phone = '+919876500007';
    await stores.settings.find({ userId: 'nobody', phone });
    await stores.settings.suppressNumber(phone, 'bad_number', testStart, testStart);
    await stores.settings.recordMarketingWish(phone, { granted: false, at: testStart, source: 'STOP' });
    await stores.settings.recordInbound(phone, testStart);
    await expectIndexes();
  });
});

guardLeaks();
