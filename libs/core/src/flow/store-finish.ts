import type { AttemptFinish } from '../notification/notification-store.js';
import type { FlowParts } from './flow-parts.js';
import { outlastOutage } from './outlast-outage.js';

type Parts = Pick<FlowParts, 'notifications' | 'clock' | 'reporter'>;

/**
 * Writes the answer to an attempt, however long the database is away. False when somebody else had closed the attempt. A write
 * whose confirmation was lost in the outage is recognised as our own: otherwise nobody would settle the envelope. (Only who
 * started the attempt has an answer; whoever else closes it writes `lease_over`.)
 */
export async function storeFinish(parts: Parts, finish: AttemptFinish): Promise<boolean> {
  if (await outlastOutage(parts, 'finish attempt', () => parts.notifications.finishAttempt(finish))) return true;
  const stored = await outlastOutage(parts, 'finish attempt', () => parts.notifications.find(finish.id));
  const { finishedAt, outcome, reason } = finish.result;
  const entry = stored?.attempts.find((attempt) => attempt.number === (finish.mergeInto ?? finish.number));
  return entry?.outcome === outcome && entry.reason === reason && entry.finishedAt?.getTime() === finishedAt.getTime();
}
