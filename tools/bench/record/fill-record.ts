import { toStoredNotification } from '@earlybird/mongodb';
import { type Collection, type MongoClient } from 'mongodb';
import { seededRandom } from '../../faults/random.js';
import { planNotification } from './plan-notification.js';
import { type RecordPlan } from './record-plan.js';

/** Documents in one write: a megabyte or two. */
const documentsPerWrite = 1_000;
/** The engine uses one process a connection; more than the cores of a laptop would only wait for each other. */
const writers = 2;
/** Longer than any record is asked about. */
const retentionDays = 400;

type Stored = ReturnType<typeof toStoredNotification>;

/** Writes the notifications of a plan into `notifications_log`, which must be migrated and empty; `told` hears how many are there. */
export async function fillRecord(
  client: MongoClient,
  plan: RecordPlan,
  told: (written: number) => void,
): Promise<void> {
  const log: Collection<Stored> = client.db().collection('notifications_log');
  const random = seededRandom(plan.seed);
  let planned = 0;
  let written = 0;
  const next = (): readonly Stored[] => {
    const size = Math.min(documentsPerWrite, plan.notifications - planned);
    const first = planned;
    planned += size;
    return Array.from({ length: size }, (_, index) =>
      toStoredNotification(planNotification(plan, first + index, random), retentionDays),
    );
  };
  const write = async (): Promise<void> => {
    for (let documents = next(); documents.length > 0; documents = next()) {
      await log.insertMany([...documents], { ordered: false });
      written += documents.length;
      told(written);
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
}
