import { type TemplateSeed, MongoConnection, migrate, mongoStores, verify } from '../index.js';
import { aTemplate, eventually, FakeClock, guardLeaks, makeDatabase } from '@earlybird/testing';
import { migrations } from './migrations.js';

const database = makeDatabase();
const connections = Array.from({ length: 3 }, () => new MongoConnection({ url: database.url }));
const [connection] = connections as [MongoConnection];
const { createdAt: _, ...seed }: TemplateSeed & { createdAt?: Date } = aTemplate();

beforeAll(() => Promise.all(connections.map((one) => one.connect())));
beforeEach(() => connection.db.dropDatabase());
afterAll(async () => {
  await Promise.all(connections.map((one) => one.close()));
  await database.drop();
});

const migrated = async (thorough = false, by = connection) => {
  const lines: string[] = [];
  await migrate(by, { seeds: [seed], print: (line) => lines.push(line), thorough });
  return lines;
};
const indexCount = migrations.flatMap(({ collections }) => collections.flatMap(({ indexes }) => indexes)).length;
const indexLines = (lines: readonly string[]) => lines.filter((line) => line.trim().startsWith('index '));

describe('migrating', () => {
  it('makes every collection and index once, and says so line by line', async () => {
    const lines = await migrated();
    expect(indexLines(lines)).toHaveLength(indexCount);
    expect(lines).toContain(
      '  index notification_templates.published (messageType, language) unique where {"state":"published"}',
    );
    expect(lines.at(-1)).toBe('template order_confirmation in en');
    expect(await migrated()).toEqual([]);
    expect(await migrated(true)).toEqual(
      migrations.flatMap(({ number, name }) => [`migration ${number}: ${name}`, '  everything is there already']),
    );
  });

  it('is done by one of many processes that start at once, and all find it done', async () => {
    const lines = (await Promise.all([...connections, ...connections].map((one) => migrated(false, one)))).flat();
    expect(indexLines(lines)).toHaveLength(indexCount);
    expect(lines.filter((line) => line.startsWith('template'))).toHaveLength(1);
    expect(new Set(await verify(connection))).not.toContainEqual(expect.stringContaining('index'));
  });

  it.each([
    ['waits for a dead process no longer than its lock lives', 500],
    ['does not wait for a dead process whose lock would live for an hour, because the clock was set back', 3_600_000],
  ])('%s', async (_rule, leftMs) => {
    const locks = connection.db.collection<{ _id: string; until: Date; holder: string }>('migrations');
    // The stand-in engine may refuse to make a collection of a database that was dropped a moment ago.
    await eventually(
      async () =>
        (await locks.insertOne({ _id: 'lock', holder: 'dead', until: new Date(Date.now() + leftMs) })).acknowledged,
      { message: 'the lock of a dead process is there' },
    );
    expect(indexLines(await migrated())).toHaveLength(indexCount);
    expect(await locks.findOne({ _id: 'lock' })).toBeNull();
  });

  it('makes again what was dropped, when it looks thoroughly', async () => {
    await migrated();
    await connection.db.collection('notifications_log').dropIndex('status');
    expect(await verify(connection)).toContain('notifications_log: the index status is missing');
    expect(await migrated()).toEqual([]);
    expect(indexLines(await migrated(true))).toEqual([
      '  index notifications_log.status (status, createdAt descending, _id descending)',
    ]);
  });

  it('refuses in words what it must not change by itself', async () => {
    await connection.db.collection('phone_settings').insertMany([{ phone: '+91' }, { phone: '+91' }]);
    await expect(migrated()).rejects.toMatchObject({
      code: 'invariant_broken',
      message: 'the index phone cannot be made on phone_settings: documents break it',
    });
  });
});

describe('verifying', () => {
  it('names what is missing, what differs and what has no template', async () => {
    expect(await verify(connection)).toContain('notifications_log: the collection is missing');
    await migrated();
    await connection.db.collection('notification_settings').dropIndex('phone');
    await connection.db.collection('notification_settings').createIndex({ phone: 1, userId: 1 }, { name: 'phone' });
    const faults = await verify(connection);
    expect(faults).toContain('notification_settings: the index phone differs from what it shall be');
    expect(faults).toContain('no template is published for churn_risk');
    expect(faults).not.toContain('no template is published for order_confirmation');
  });
});

describe('seeding', () => {
  it('never touches what an admin has saved', async () => {
    await migrated();
    const { templates } = mongoStores(connection, { clock: new FakeClock(), retentionDays: 4_000 });
    const { messageType, language } = seed;
    const saved = await templates.save({ ...seed, body: 'Mine: {{ customer_name }}', author: 'admin' }, new Date());
    await templates.publish(messageType, language, saved.version);
    expect(await migrated(true)).not.toContain('template order_confirmation in en');
    expect(await templates.findPublished(messageType, language)).toMatchObject({ version: 2, author: 'admin' });
  });
});

guardLeaks();
