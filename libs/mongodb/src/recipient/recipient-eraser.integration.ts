import { aFinishedAttempt, after, aNotification, aReplay, guardLeaks, makeDatabase } from '@earlybird/testing';
import { MongoConnection } from '../connection/mongo-connection.js';
import { migrate } from '../migration/migrate.js';
import { type MongoStores, mongoStores } from '../mongo-stores.js';

const database = makeDatabase();
const connection = new MongoConnection({ url: database.url });
let stores: MongoStores;

beforeAll(async () => {
  await connection.connect();
  await migrate(connection, { seeds: [], print: () => undefined });
  // Longer than anything of a test is old, so that the database's expiry never meets it.
  stores = mongoStores(connection, { clock: { now: () => after(0), steadyMs: () => 0 }, retentionDays: 4_000 });
});

afterAll(async () => {
  await stores.close();
  await connection.close();
  await database.drop();
});

const phone = '+919876500011';
const other = '+919876500012';

/** Everything in the database as one text. */
async function dump(): Promise<string> {
  const collections = await connection.db.collections();
  const contents = await Promise.all(collections.map((collection) => collection.find({}).toArray()));
  return JSON.stringify(contents);
}

describe('erasing by a number', () => {
  it('leaves no trace of the person, and all of everybody else', async () => {
    const recipient = { phone, userId: 'cust_erased', name: 'Erasmus' };
    const erased = aNotification({
      recipient,
      status: 'sent',
      context: { customer_name: 'Erasmus' },
      text: 'Hi Erasmus',
      attempts: [aFinishedAttempt({ outcome: 'refused', reason: 'bad_number', detail: 'no such number: Erasmus' })],
      adminActions: [{ at: after(1), by: 'asha', action: 'released', note: 'Erasmus called' }],
    });
    const plain = aNotification({ recipient, status: 'queued', context: { customer_name: 'Erasmus' } });
    const kept = aNotification({ recipient: { phone: other, name: 'Kept' }, context: { customer_name: 'Kept' } });
    for (const one of [erased, plain, kept]) await stores.notifications.create(one);
    await stores.settingsDesk.savePerson({ userId: 'cust_erased', phone, language: 'hi' });
    await stores.settingsDesk.savePerson({ userId: 'cust_kept', phone: other, language: 'hi' });
    await stores.settings.recordInbound(phone, after(1));
    const parked = {
      reason: 'invalid_data',
      detail: 'data.customer.name: Erasmus is too long',
      publisher: 'svc-order',
      routingKey: 'order.created',
      parkedAt: after(1),
    } as const;
    const body = (text: string) => Buffer.from(text).toString('base64');
    await stores.parkedEvents.record({ ...parked, id: 'p1', body: body('{"phone":"98765 00011","name":"Erasmus"}') });
    await stores.parkedEvents.record({ ...parked, id: 'p2', detail: '', body: body(`{"phone":"${other}"}`) });

    const { filter } = aReplay();
    await stores.replays.create(aReplay({ filter: { ...filter, phone } }));
    const keptReplay = aReplay({ filter: { ...filter, phone: other } });
    await stores.replays.create(keptReplay);

    expect(await stores.eraser.eraseNotifications(phone, after(5))).toBe(2);
    expect(await stores.eraser.eraseNotifications(phone, after(5))).toBe(0);
    expect(await stores.eraser.eraseSettings(phone)).toBe(2);
    expect(await stores.eraser.eraseReplays(phone)).toBe(1);
    expect(await stores.eraser.eraseParkedEvents(phone)).toBe(1);

    const left = await dump();
    expect(left).not.toMatch(/Erasmus|cust_erased|9876500011/);
    expect(left).not.toContain(body('{"phone":"98765 00011","name":"Erasmus"}'));
    expect(await stores.notifications.find(kept.id)).toStrictEqual(kept);
    expect(await stores.replays.find(keptReplay.id)).toStrictEqual(keptReplay);
    expect(await stores.settingsDesk.findPerson('cust_kept')).toBeDefined();
    expect(await stores.notifications.find(erased.id)).toMatchObject({
      idempotencyKey: erased.idempotencyKey,
      status: 'sent',
      recipient: {},
      context: {},
      erasedAt: after(5),
      attempts: [{ outcome: 'refused', reason: 'bad_number' }],
    });
  });

  it('keeps a STOP, and nothing else of its number', async () => {
    const stopped = '+919876500044';
    const optOut = { at: after(1), source: 'reply' };
    await stores.settings.recordMarketingWish(stopped, { granted: false, ...optOut });
    await stores.settings.suppressNumber(stopped, 'unreachable_number', after(2), after(3));
    await stores.settings.recordInbound(stopped, after(2));
    expect(await stores.eraser.eraseSettings(stopped)).toBe(1);
    expect(await stores.settingsDesk.findNumber(stopped)).toEqual({ phone: stopped, marketingOptOut: optOut });
    expect(await stores.eraser.eraseSettings(stopped)).toBe(0);
  });
});

guardLeaks();
