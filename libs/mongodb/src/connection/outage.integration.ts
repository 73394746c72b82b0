import { type AttemptFinish, type AttemptStart } from '@earlybird/core';
import {
  FakeClock,
  Road,
  after,
  aNotification,
  eventually,
  guardLeaks,
  makeDatabase,
  testStart,
} from '@earlybird/testing';
import { migrate } from '../migration/migrate.js';
import { MongoNotificationStore } from '../notification/notification.store.js';
import { mongoStores } from '../mongo-stores.js';
import { MongoConnection } from './mongo-connection.js';

const database = makeDatabase();
let road: Road;
let connection: MongoConnection;
let store: MongoNotificationStore;
const seen: string[] = [];

beforeAll(async () => {
  road = await Road.to(database.url);
  connection = new MongoConnection({ url: road.url });
  await connection.connect();
  await migrate(connection, { seeds: [], print: () => undefined });
  store = new MongoNotificationStore(connection, { retentionDays: 4_000 });
  connection.onLost(({ code }) => seen.push(code));
  connection.onBack(() => seen.push('back'));
});

afterEach(async () => {
  await eventually(() => connection.isUp, { message: 'the database is back' });
  seen.length = 0;
});

afterAll(async () => {
  await connection.close();
  await road.close();
  await database.drop();
});

const aStart = (id: string): AttemptStart => ({
  id,
  number: 1,
  startedAt: testStart,
  leaseUntil: after(20_000),
  worker: 'worker-1',
  onUnknown: 'resend',
  text: 'Hello',
  templateVersion: 1,
  wakeAt: after(600_000),
});

const aFinish = (id: string): AttemptFinish => ({
  id,
  number: 1,
  result: { finishedAt: after(500), outcome: 'deferred', counted: true, durationMs: 500 },
  status: 'retrying',
});

/** As when the driver's greeting was on its way in the instant in which its socket died. */
function endWatchOf(numb: MongoConnection): void {
  interface Watched {
    readonly s: { readonly servers: ReadonlyMap<string, { readonly monitor: { close(): void } }> };
  }
  const { topology } = numb.db.client as unknown as { readonly topology: Watched };
  for (const { monitor } of topology.s.servers.values()) monitor.close();
}

const unavailable = { name: 'AppError', code: 'database_unavailable' };

describe('a step that was under way when the database died', () => {
  it('ends when the database is back, even if the driver never answers it', async () => {
    const never = connection.run('a command that nobody answers', () => new Promise<void>(() => undefined));
    const ended = expect(never).rejects.toMatchObject({ code: 'database_unavailable' });
    await road.close();
    await eventually(() => !connection.isUp, { message: 'the loss is noticed' });
    await road.open();
    await ended;
    expect(connection.isUp).toBe(true);
  });
});

describe('a connection', () => {
  it('fails to connect as database_unavailable, and may be tried again', async () => {
    const elsewhere = await Road.to(database.url);
    await elsewhere.close();
    const late = new MongoConnection({ url: elsewhere.url });
    await expect(late.connect()).rejects.toMatchObject(unavailable);
    await elsewhere.open();
    await late.connect();
    expect(late.isUp).toBe(true);
    await late.close();
    await elsewhere.close();
  });

  it('tells that the database is lost, once, and that it is back', async () => {
    await road.close();
    await eventually(() => seen.length > 0, { message: 'the loss is noticed without anybody asking' });
    expect(connection.isUp).toBe(false);
    await expect(store.find('msg_1')).rejects.toMatchObject(unavailable);
    await road.open();
    await eventually(() => connection.isUp, { message: 'the database is back' });
    expect(seen).toEqual(['database_unavailable', 'back']);
    expect(await store.find('msg_1')).toBeUndefined();
  });

  it('comes back even when the driver no longer looks for its server', async () => {
    const numb = new MongoConnection({ url: road.url });
    await numb.connect();
    const templates = mongoStores(numb, { clock: new FakeClock(), retentionDays: 4_000 }).templates;
    endWatchOf(numb);
    road.cut();
    await eventually(
      () =>
        templates.list().then(
          () => !numb.isUp,
          () => true,
        ),
      { message: 'the cut is noticed' },
    );
    await eventually(() => numb.isUp, { message: 'the database is back' });
    // By a model and by a collection: both follow to the new driver.
    expect(await templates.list()).toEqual([]);
    await numb.ping();
    await numb.close();
  });

  it('works on after a cut that nobody noticed', async () => {
    road.cut();
    await eventually(async () => (await store.find('msg_1')) === undefined, { message: 'a find is answered' });
  });

  it('bounds a ping to a database that accepts and keeps silent', async () => {
    road.stall();
    const begin = performance.now();
    await expect(connection.ping(300)).rejects.toMatchObject(unavailable);
    expect(performance.now() - begin).toBeLessThan(2_000);
    await road.open();
  });

  it('answers that the database is away until it was reached for the first time, whoever asks for what', async () => {
    const early = new MongoConnection({ url: database.url });
    const { history, notifications, templates, settings } = mongoStores(early, {
      clock: new FakeClock(),
      retentionDays: 4_000,
    });
    const asked = [
      history.search({}, { limit: 1 }),
      notifications.find('msg_1'),
      templates.list(),
      settings.find({ userId: 'user' }),
    ];
    for (const answer of await Promise.allSettled(asked)) expect(answer).toMatchObject({ reason: unavailable });
    await early.close();
  });

  it('shows its address without user and password', () => {
    const secret = new MongoConnection({ url: 'mongodb+srv://user:pass%40word@db.example.net/earlybird?w=majority' });
    expect(secret.address).toBe('mongodb+srv://db.example.net/earlybird');
  });
});

describe('a write whose reply is lost', () => {
  it('is false for whoever repeats the finish, and the stored attempt tells that it was this one', async () => {
    const { id } = aNotification();
    await store.create(aNotification({ id }));
    await store.startAttempt(aStart(id));
    const finish = aFinish(id);
    road.stall();
    await expect(store.finishAttempt(finish)).rejects.toMatchObject(unavailable);
    road.cut();
    await road.open();
    await eventually(() => connection.isUp, { message: 'the database is back' });
    expect(await store.finishAttempt(finish)).toBe(false);
    expect((await store.find(id))?.attempts).toMatchObject([finish.result]);
  });

  it('never makes a start succeed twice', async () => {
    const { id } = aNotification();
    await store.create(aNotification({ id }));
    road.stall();
    await expect(store.startAttempt(aStart(id))).rejects.toMatchObject(unavailable);
    road.cut();
    await road.open();
    await eventually(() => connection.isUp, { message: 'the database is back' });
    expect(await store.startAttempt(aStart(id))).toBeUndefined();
    expect((await store.find(id))?.attempts).toHaveLength(1);
  });
});

guardLeaks();
