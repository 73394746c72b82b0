import { type AttemptFinish, messageTypeNames } from '@earlybird/core';
import {
  FakeClock,
  aNotification,
  aReceipt,
  aTemplate,
  after,
  guardLeaks,
  makeDatabase,
  testStart,
} from '@earlybird/testing';
import { type Schema } from 'mongoose';
import { type CollectionName, collectionNames } from './connection/collection-names.js';
import { MongoConnection } from './connection/mongo-connection.js';
import { parkedEventSchema } from './event/parked-event.schema.js';
import { publisherCountSchema } from './event/publisher-count.schema.js';
import { templateSchema } from './message/template.schema.js';
import { migrate } from './migration/migrate.js';
import { type MongoStores, mongoStores } from './mongo-stores.js';
import { notificationSchema } from './notification/notification.schema.js';
import { orphanedReceiptSchema } from './receipt/orphaned-receipt.schema.js';
import { numberSettingsSchema } from './recipient/number-settings.schema.js';

const database = makeDatabase();
const connection = new MongoConnection({ url: database.url });
let stores: MongoStores;

beforeAll(async () => {
  await connection.connect();
  const { createdAt: _, ...seed } = aTemplate();
  await migrate(connection, {
    seeds: messageTypeNames.map((messageType) => ({ ...seed, messageType })),
    print: () => undefined,
  });
  stores = mongoStores(connection, { clock: new FakeClock(), retentionDays: 4_000 });
});

afterAll(async () => {
  await stores.close();
  await connection.close();
  await database.drop();
});

/** What a store wrote without mongoose is what the schema says, field by field: an unknown or missing one is a fault. */
async function expectSchema<Stored>(name: CollectionName, schema: Schema<Stored>, atLeast: number): Promise<void> {
  const Model = connection.model<Stored>(name, schema);
  const stored = await connection.db.collection(name).find().toArray();
  expect(stored.length).toBeGreaterThanOrEqual(atLeast);
  for (const document of stored) {
    const read = new Model(document as never);
    await read.validate();
    // Nothing had to be cast: dates are dates, numbers are numbers.
    expect(read.toObject()).toEqual(document);
  }
}

describe('every document that the stores write is as its schema says', () => {
  it('in notifications_log, whatever befell the notification', async () => {
    const { notifications, receipts } = stores;
    const lives = Array.from({ length: 6 }, (_, index) =>
      aNotification({ wakeAt: after(1), dueAt: after(2), nextAttemptAt: after(3), correlationId: `life ${index}` }),
    );
    await Promise.all(lives.map((one) => notifications.create(one)));
    for (const [index, { id }] of lives.entries()) {
      await notifications.startAttempt({
        id,
        number: 1,
        startedAt: testStart,
        leaseUntil: after(1),
        worker: 'w',
        onUnknown: 'hold',
        text: 'Hello',
        templateVersion: 1,
        wakeAt: after(2),
        statusReason: 'quiet_hours_overridden_by_validity',
      });
      const outcomes = ['accepted', 'unknown', 'refused', 'halted', 'throttled', 'deferred'] as const;
      const outcome = outcomes[index] ?? 'accepted';
      const finish: AttemptFinish = {
        id,
        number: 1,
        status:
          ({ accepted: 'sent', unknown: 'unknown', refused: 'failed' } as const)[outcome as 'accepted'] ?? 'queued',
        statusReason: 'provider_error',
        wakeAt: after(4),
        result: {
          finishedAt: after(3),
          outcome,
          counted: index < 3,
          durationMs: 3,
          reason: 'provider_error',
          errorCode: '131000',
          httpStatus: 500,
          detail: 'try later',
          ...(outcome === 'accepted' ? { providerMessageId: `wamid-${id}` } : {}),
        },
      };
      await notifications.finishAttempt(finish);
      await notifications.recordLateAnswer(id, 1, `wamid-late-${id}`, after(9));
      const reference = { notificationId: id, attempt: 1 };
      for (const status of ['sent', 'failed', 'delivered', 'read'] as const)
        await receipts.apply(
          aReceipt({ providerMessageId: `wamid-${id}`, reference, status, errorCode: '1', eventId: `${id} ${status}` }),
        );
    }
    await expectSchema(collectionNames.notifications, notificationSchema, 6);
  });

  it('in the other collections', async () => {
    await stores.receipts.keepOrphan(aReceipt({ providerMessageId: 'nobody', eventId: 'evt', errorCode: '1' }));
    stores.publisherBook.count('svc-order', 'order.created', 'accepted', testStart);
    await stores.publisherBook.flush();
    const phone = '+919876543210';
    await stores.settings.suppressNumber(phone, 'bad_number', testStart, after(1));
    await stores.settings.recordMarketingWish(phone, { granted: false, at: testStart, source: 'STOP' });
    await stores.settings.recordInbound(phone, testStart);
    await stores.parkedEvents.record({
      id: 'digest',
      reason: 'unreadable',
      detail: 'no JSON',
      publisher: 'svc-order',
      routingKey: 'order.created',
      body: 'e30=',
      parkedAt: testStart,
    });
    await expectSchema(collectionNames.orphanedReceipts, orphanedReceiptSchema, 1);
    await expectSchema(collectionNames.publisherCounts, publisherCountSchema, 1);
    await expectSchema(collectionNames.numberSettings, numberSettingsSchema, 1);
    await expectSchema(collectionNames.parkedEvents, parkedEventSchema, 1);
    await expectSchema(collectionNames.templates, templateSchema, 10);
  });
});

guardLeaks();
