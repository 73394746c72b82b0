import { migrate, MongoConnection } from '@earlybird/mongodb';
import { seedTemplates } from '@earlybird/nunjucks';
import { type Collection, MongoClient } from 'mongodb';
import { type Random } from '../../faults/random.js';
import { type Bench } from '../figure.js';
import { fillRecord } from './fill-record.js';
import { eventIdOf } from './plan-notification.js';
import { type RecordPlan } from './record-plan.js';

/** What a notification can be found by. */
export interface Findable {
  readonly phone: string;
  readonly referenceId: string;
  readonly eventId: string;
}

/** A filled database. */
export interface Record {
  /** Of the database. */
  readonly name: string;
  /** Some of its notifications, chosen at random. */
  readonly sample: (size: number, random: Random) => Promise<readonly Findable[]>;
  /** Deletes it, unless it is to be kept. */
  readonly close: () => Promise<void>;
}

/** A kept record is no longer taken when its newest notification is older than this: `recent` would find nothing. */
const keptForMs = 24 * 3_600_000;
/** Between two lines about the same filling. */
const toldShare = 0.1;

/** Fills a database of its own with so many notifications (quality.md: 90 days, 2 % failed, 200,000 phones, fixed seed). */
export async function openRecord(bench: Bench, notifications: number): Promise<Record> {
  const { servers, request, progress } = bench;
  const url = new URL(servers.mongoUrl);
  const name = `bench_${notifications}`;
  url.pathname = `/${name}`;
  const client = new MongoClient(url.href, { ignoreUndefined: true });
  if (!(request.keep && (await isFilled(client, notifications)))) {
    const plan = { notifications, phones: 200_000, days: 90, failedShare: 0.02, seed: 7, until: new Date() };
    await client.db().dropDatabase();
    await progress.step(`filling a record with ${notifications.toLocaleString('en')} notifications`, () =>
      fillRecord(client, plan, stepwise(notifications, progress.note)),
    );
    await progress.step('making its indexes', () => index(url.href, progress.note));
    await marks(client).insertOne(plan);
  }
  return {
    name,
    sample: (size, random) => sampleOf(client, notifications, size, random),
    close: async () => {
      if (!request.keep) await client.db().dropDatabase();
      await client.close();
    },
  };
}

/** An index is made in half the time once the documents are there; and so the migrations are seen to cope with a large log. */
async function index(url: string, note: (text: string) => void): Promise<void> {
  const connection = new MongoConnection({ url, appName: 'bench' });
  await connection.connect();
  try {
    await migrate(connection, {
      seeds: seedTemplates(),
      print: (line) => (line.includes('notifications_log') ? note(line.trim()) : undefined),
    });
  } finally {
    await connection.close();
  }
}

async function isFilled(client: MongoClient, notifications: number): Promise<boolean> {
  const plan = await marks(client).findOne({ notifications });
  return plan !== null && Date.now() - plan.until.getTime() < keptForMs;
}

/** Stands in the database once it is filled completely. */
function marks(client: MongoClient): Collection<RecordPlan> {
  return client.db().collection<RecordPlan>('bench_filled');
}

interface Found {
  readonly recipient: { readonly phone: string };
  readonly referenceId: string;
  readonly event: { readonly id: string };
}

async function sampleOf(
  client: MongoClient,
  notifications: number,
  size: number,
  random: Random,
): Promise<readonly Findable[]> {
  const ids = Array.from({ length: size }, () => eventIdOf(random.between(0, notifications - 1)));
  const found = await client
    .db()
    .collection<Found>('notifications_log')
    .find({ 'event.id': { $in: ids } })
    .toArray();
  return found.map(({ recipient: { phone }, referenceId, event }) => ({ phone, referenceId, eventId: event.id }));
}

function stepwise(total: number, note: (text: string) => void): (written: number) => void {
  let told = 0;
  return (written) => {
    const share = Math.floor(written / total / toldShare);
    if (share <= told || written === total) return;
    told = share;
    note(`${written.toLocaleString('en')} of ${total.toLocaleString('en')}`);
  };
}
