import { type TemplateDraft } from '@earlybird/core';
import { FakeClock, aTemplate, after, guardLeaks, makeDatabase, testStart } from '@earlybird/testing';
import { MongoConnection } from '../connection/mongo-connection.js';
import { migrate } from '../migration/migrate.js';
import { toStoredTemplate } from './template.mapper.js';
import { type StoredTemplate } from './template.schema.js';
import { MongoTemplateStore } from './template.store.js';

const database = makeDatabase();
const connection = new MongoConnection({ url: database.url });
const clock = new FakeClock();
let templates: MongoTemplateStore;

beforeAll(async () => {
  await connection.connect();
  await migrate(connection, { seeds: [], print: () => undefined });
  templates = new MongoTemplateStore(connection, clock);
});

beforeEach(async () => {
  await stored().deleteMany({});
  await clock.advance(5_000);
});

afterAll(async () => {
  await connection.close();
  await database.drop();
});

const stored = () => connection.collection<StoredTemplate>('notification_templates');

const draft = (parts: Partial<TemplateDraft> = {}): TemplateDraft => {
  const { version: _v, state: _s, createdAt: _c, ...rest } = aTemplate();
  return { ...rest, ...parts };
};

describe('the library of templates', () => {
  it('numbers versions by type and language, as drafts that nobody is sent', async () => {
    const first = await templates.save(draft({ body: 'one' }), testStart);
    const second = await templates.save(draft({ body: 'two' }), after(1));
    const hindi = await templates.save(draft({ language: 'hi' }), after(2));
    expect([first, second, hindi].map(({ version, state }) => [version, state])).toEqual([
      [1, 'draft'],
      [2, 'draft'],
      [1, 'draft'],
    ]);
    expect(await templates.findVersions('order_confirmation')).toStrictEqual([second, first, hindi]);
    expect(await templates.findPublished('order_confirmation', 'en')).toBeUndefined();
  });

  it('gives eight authors at once eight versions', async () => {
    const saved = await Promise.all(
      Array.from({ length: 8 }, (_, index) => templates.save(draft({ author: `admin-${index}` }), testStart)),
    );
    expect(saved.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('publishes one version and retires the other, there and back', async () => {
    await templates.save(draft({ body: 'one' }), testStart);
    await templates.save(draft({ body: 'two' }), testStart);
    expect(await templates.publish('order_confirmation', 'en', 1)).toMatchObject({ body: 'one', state: 'published' });
    expect(await templates.publish('order_confirmation', 'en', 2)).toMatchObject({ body: 'two', state: 'published' });
    expect(await templates.findPublished('order_confirmation', 'en')).toMatchObject({ body: 'two' });
    await templates.publish('order_confirmation', 'en', 1);
    expect(await templates.findPublished('order_confirmation', 'en')).toMatchObject({ body: 'one' });
    expect((await templates.findVersions('order_confirmation')).map(({ state }) => state)).toEqual([
      'retired',
      'published',
    ]);
  });

  it('publishes nothing that does not exist', async () => {
    expect(await templates.publish('order_confirmation', 'en', 7)).toBeUndefined();
  });

  it('leaves exactly one published when two publish at once', async () => {
    for (const body of ['one', 'two', 'three', 'four']) await templates.save(draft({ body }), testStart);
    await Promise.all([1, 2, 3, 4].map((version) => templates.publish('order_confirmation', 'en', version)));
    expect(await stored().countDocuments({ state: 'published' })).toBe(1);
    expect(await stored().countDocuments({ yieldsTo: { $exists: true } })).toBe(0);
  });

  it('serves the old version when a crash fell between retiring it and publishing the new one', async () => {
    const retired = toStoredTemplate(aTemplate({ version: 1, state: 'retired', body: 'old' }));
    await stored().insertMany([
      { ...retired, yieldsTo: 2 },
      toStoredTemplate(aTemplate({ version: 2, state: 'draft' })),
    ]);
    expect(await templates.findPublished('order_confirmation', 'en')).toMatchObject({ body: 'old' });
    await templates.publish('order_confirmation', 'en', 2);
    expect(await templates.findPublished('order_confirmation', 'en')).toMatchObject({ version: 2 });
    expect(await stored().countDocuments({ yieldsTo: { $exists: true } })).toBe(0);
  });

  it('lists what is published and what is a draft, by type, language and version', async () => {
    await templates.save(draft({ messageType: 'pause_confirmation' }), testStart);
    for (let count = 0; count < 3; count += 1) await templates.save(draft(), testStart);
    await templates.publish('order_confirmation', 'en', 1);
    await templates.publish('order_confirmation', 'en', 2);
    expect((await templates.list()).map(({ messageType, version, state }) => [messageType, version, state])).toEqual([
      ['order_confirmation', 2, 'published'],
      ['order_confirmation', 3, 'draft'],
      ['pause_confirmation', 1, 'draft'],
    ]);
  });

  it('shows a new version to a process that has the old one in memory after 5 s', async () => {
    const elsewhere = new MongoTemplateStore(connection, clock);
    await templates.save(draft({ body: 'one' }), testStart);
    await templates.publish('order_confirmation', 'en', 1);
    expect(await elsewhere.findPublished('order_confirmation', 'en')).toMatchObject({ body: 'one' });
    await templates.save(draft({ body: 'two' }), testStart);
    await templates.publish('order_confirmation', 'en', 2);
    await clock.advance(4_999);
    expect(await elsewhere.findPublished('order_confirmation', 'en')).toMatchObject({ body: 'one' });
    await clock.advance(1);
    expect(await elsewhere.findPublished('order_confirmation', 'en')).toMatchObject({ body: 'two' });
  });
});

guardLeaks();
