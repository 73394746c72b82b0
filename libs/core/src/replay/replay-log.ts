import type { DeliveryStatus } from '../notification/delivery-status.js';
import type { StatusCounts } from '../statistics/figures.js';
import type { ReplayFilter, ReplayPlace } from './replay.js';

/** What of a filter the log itself can tell; the cause is read from each notification. */
export type CandidateFilter = Omit<ReplayFilter, 'cause'>;

/** Port: the notifications as a replay sees them. Throws AppError `database_unavailable`. */
export interface ReplayLog {
  /** Everything that ever came to the status, whatever became of it since: the oldest first, behind `after`. */
  candidates(filter: CandidateFilter, after: ReplayPlace | undefined, limit: number): Promise<readonly ReplayPlace[]>;
  countCandidates(filter: CandidateFilter): Promise<number>;
  /** How those stand that the replay made. A status in which none stands may be left out. */
  statusesOf(replayId: string): Promise<StatusCounts>;
  /** The same of the newest `most` that stand in one of `statuses`. */
  latestOf(replayId: string, statuses: readonly DeliveryStatus[], most: number): Promise<StatusCounts>;
}
