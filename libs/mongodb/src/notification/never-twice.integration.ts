import { type AttemptFinish, type AttemptStart, type Notification } from '@earlybird/core';
import { after, aNotification, guardLeaks, makeDatabase, testStart } from '@earlybird/testing';
import { MongoConnection } from '../connection/mongo-connection.js';
import { migrate } from '../migration/migrate.js';
import { MongoNotificationStore } from './notification.store.js';

const database = makeDatabase();
/** Four workers: every one with its own connection and its own groups. */
const connections = Array.from({ length: 4 }, () => new MongoConnection({ url: database.url }));
const stores = connections.map((connection) => new MongoNotificationStore(connection, { retentionDays: 4_000 }));
const storeOf = (index: number) => stores[index % stores.length] as MongoNotificationStore;

beforeAll(async () => {
  await Promise.all(connections.map((connection) => connection.connect()));
  await migrate(connections[0] as MongoConnection, { seeds: [], print: () => undefined });
});

afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await database.drop();
});

const created = async (count: number): Promise<readonly Notification[]> => {
  const notifications = Array.from({ length: count }, () => aNotification());
  await Promise.all(notifications.map((notification) => storeOf(0).create(notification)));
  return notifications;
};

/** The same start whoever asks: same worker, same instant, so that nothing but the store can tell them apart. */
const aStart = (id: string, number = 1): AttemptStart => ({
  id,
  number,
  startedAt: testStart,
  leaseUntil: after(20_000),
  worker: 'worker-1',
  onUnknown: 'resend',
  text: 'Hello',
  templateVersion: 1,
  wakeAt: after(600_000),
});

const aFinish = (id: string, number = 1): AttemptFinish => ({
  id,
  number,
  result: { finishedAt: after(500), outcome: 'deferred', counted: true, durationMs: 500 },
  status: 'retrying',
});

const wins = (answers: readonly unknown[]) => answers.filter((answer) => answer !== undefined && answer !== false);

describe('grouped writes of four workers', () => {
  it('let one of 200 equal starts at once win', async () => {
    const [{ id }] = (await created(1)) as [Notification];
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => storeOf(index).startAttempt(aStart(id))),
    );
    expect(wins(answers)).toHaveLength(1);
    const stored = await storeOf(0).find(id);
    expect(stored?.attempts).toHaveLength(1);
    expect(wins(answers)).toStrictEqual([stored]);
  });

  it('let one of ten starts win for each of forty notifications, mixed in every group', async () => {
    const notifications = await created(40);
    const asked = notifications.flatMap(({ id }) => Array.from({ length: 10 }, () => id));
    const shuffled = asked.map((id, index) => ({ id, place: (index * 7919) % asked.length }));
    shuffled.sort((left, right) => left.place - right.place);
    const answers = await Promise.all(
      shuffled.map(async ({ id }, index) => ({ id, answer: await storeOf(index).startAttempt(aStart(id)) })),
    );
    for (const { id } of notifications) {
      const own = answers.filter((one) => one.id === id).map(({ answer }) => answer);
      expect(own).toHaveLength(10);
      expect(wins(own)).toMatchObject([{ id, status: 'sending', lastAttemptNumber: 1 }]);
    }
  });

  it('give each start its own notification, although others of the group lose', async () => {
    const notifications = await created(30);
    const taken = notifications.filter((_, index) => index % 3 === 0);
    await Promise.all(taken.map(({ id }) => storeOf(0).startAttempt(aStart(id))));
    const answers = await Promise.all(notifications.map(({ id }) => storeOf(0).startAttempt(aStart(id))));
    expect(answers.map((answer) => answer?.id)).toEqual(
      notifications.map((one) => (taken.includes(one) ? undefined : one.id)),
    );
  });

  it('let one of 200 equal finishes at once win, also of one and the same object', async () => {
    const [{ id }] = (await created(1)) as [Notification];
    await storeOf(0).startAttempt(aStart(id));
    const finish = aFinish(id);
    const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => storeOf(index).finishAttempt(finish)));
    expect(wins(answers)).toHaveLength(1);
  });

  it('let one of fifty finishes win that are merged into an earlier attempt', async () => {
    const [{ id }] = (await created(1)) as [Notification];
    const halted = { finishedAt: after(500), outcome: 'halted', counted: false, durationMs: 500 } as const;
    await storeOf(0).startAttempt(aStart(id, 1));
    await storeOf(0).finishAttempt({ id, number: 1, status: 'queued', result: halted });
    await storeOf(0).startAttempt(aStart(id, 2));
    const finish: AttemptFinish = { id, number: 2, status: 'queued', result: halted, mergeInto: 1 };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => storeOf(index).finishAttempt({ ...finish })),
    );
    expect(wins(answers)).toHaveLength(1);
    expect((await storeOf(0).find(id))?.attempts).toMatchObject([{ number: 1, times: 2 }]);
  });

  it('let one of 200 creations under one key win, and show the winner to all others', async () => {
    const { idempotencyKey } = aNotification();
    const rivals = Array.from({ length: 200 }, () => aNotification({ idempotencyKey }));
    const creations = await Promise.all(rivals.map((rival, index) => storeOf(index).create(rival)));
    const winner = rivals[creations.findIndex(({ kind }) => kind === 'created')];
    expect(creations.filter(({ kind }) => kind === 'created')).toHaveLength(1);
    const holders = creations.flatMap((creation) => (creation.kind === 'exists' ? [creation.notification.id] : []));
    expect(new Set(holders)).toEqual(new Set([winner?.id]));
  });

  it('carry a hundred notifications through two attempts each without losing or doubling one', async () => {
    const notifications = await created(100);
    await Promise.all(
      notifications.flatMap(({ id }, index) =>
        [0, 1].map(async (rival) => {
          for (let number = 1; number <= 2; number += 1) {
            const worker = storeOf(index + rival);
            if ((await worker.startAttempt(aStart(id, number))) === undefined) return;
            await worker.finishAttempt(aFinish(id, number));
          }
        }),
      ),
    );
    const stored = await Promise.all(notifications.map(({ id }) => storeOf(1).find(id)));
    for (const one of stored) {
      const numbers = one?.attempts.map(({ number }) => number) ?? [];
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(one?.attempts.every(({ finishedAt }) => finishedAt !== undefined)).toBe(true);
    }
  });
});

describe('a group', () => {
  it('stores an outcome whose message id another notification has, without that id', async () => {
    const [first, second, third] = (await created(3)) as [Notification, Notification, Notification];
    for (const { id } of [first, second, third]) await storeOf(0).startAttempt(aStart(id));
    const accepted = (id: string, providerMessageId: string): AttemptFinish => ({
      id,
      number: 1,
      status: 'sent',
      result: { finishedAt: after(500), outcome: 'accepted', counted: true, durationMs: 500, providerMessageId },
    });
    const answers = await Promise.all([
      storeOf(0).finishAttempt(accepted(first.id, 'wamid-once')),
      storeOf(0).finishAttempt(accepted(second.id, 'wamid-once')),
      storeOf(0).finishAttempt(accepted(third.id, 'wamid-other')),
    ]);
    expect(answers).toEqual([true, true, true]);
    const stored = await Promise.all([first, second, third].map(({ id }) => storeOf(0).find(id)));
    expect(stored.map((one) => one?.status)).toEqual(['sent', 'sent', 'sent']);
    expect(stored.flatMap((one) => one?.providerMessageId ?? []).sort()).toEqual(['wamid-once', 'wamid-other']);
  });

  it('stores message ids of many notifications that had an attempt without one before', async () => {
    const notifications = await created(5);
    for (const number of [1, 2])
      for (const { id } of notifications) {
        await storeOf(0).startAttempt(aStart(id, number));
        const answer = { finishedAt: after(500), counted: true, durationMs: 500 };
        const finish: AttemptFinish =
          number === 1
            ? aFinish(id)
            : {
                id,
                number,
                status: 'sent',
                result: { ...answer, outcome: 'accepted', providerMessageId: `own of ${id}` },
              };
        expect(await storeOf(0).finishAttempt(finish)).toBe(true);
      }
    for (const { id } of notifications)
      expect(await storeOf(0).find(id)).toMatchObject({ status: 'sent', providerMessageId: `own of ${id}` });
  });

  it('tells an unreadable document to its own caller alone', async () => {
    const [broken, whole] = (await created(2)) as [Notification, Notification];
    await connections[0]?.db
      .collection<{ _id: string }>('notifications_log')
      .updateOne({ _id: broken.id }, { $set: { status: '?' } });
    const [first, second] = await Promise.allSettled([storeOf(0).find(broken.id), storeOf(0).find(whole.id)]);
    expect(first).toMatchObject({ status: 'rejected', reason: { code: 'stored_document_invalid' } });
    expect(second).toMatchObject({ status: 'fulfilled', value: { id: whole.id } });
  });

  it('tells a document that cannot be stored to its own caller alone', async () => {
    const huge = aNotification({ context: { note: 'x'.repeat(17 * 1024 * 1024) } });
    const good = aNotification();
    const [first, second] = await Promise.allSettled([storeOf(0).create(huge), storeOf(0).create(good)]);
    expect(first).toMatchObject({ status: 'rejected', reason: { code: 'invariant_broken' } });
    expect(second).toMatchObject({ status: 'fulfilled', value: { kind: 'created' } });
  });

  it('keeps the list of attempts bounded and every counted one in it', async () => {
    const [{ id }] = (await created(1)) as [Notification];
    for (let number = 1; number <= 105; number += 1) {
      const counted = number === 1;
      await storeOf(0).startAttempt(aStart(id, number));
      const result = { finishedAt: after(number), outcome: 'throttled', counted, durationMs: 1 } as const;
      await storeOf(0).finishAttempt({ id, number, status: 'queued', result });
    }
    const stored = await storeOf(0).find(id);
    expect(stored?.attempts).toHaveLength(100);
    expect(stored?.attempts[0]).toMatchObject({ number: 1, counted: true });
    expect(stored?.attempts.at(-1)).toMatchObject({ number: 105 });
  });
});

guardLeaks();
