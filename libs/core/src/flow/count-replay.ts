import type { Clock } from '../kernel/clock.js';
import { noCounts, withFates } from '../replay/replay-count.js';
import type { ReplayLog } from '../replay/replay-log.js';
import type { ReplayCounts, ReplayFate, ReplayFilter, ReplayPlace } from '../replay/replay.js';
import { type JudgeParts, judgeForReplay } from './judge-for-replay.js';
import { hasCause } from './resend-for-replay.js';

type Parts = JudgeParts & { readonly replayLog: ReplayLog; readonly clock: Pick<Clock, 'now'> };

/** What a replay would come to. */
export interface ReplayForecast {
  readonly counts: ReplayCounts;
  readonly lookedAt: number;
  /** False when there are more than were looked at. */
  readonly isComplete: boolean;
}

/** A few megabytes of notifications at a time, and a pause for other requests between two such pages. */
const pageSize = 200;

/**
 * Counts what a replay of `filter` would do now, without changing anything: each notification is judged exactly as the real
 * run does it. At most about `most` are looked at. Throws AppError `database_unavailable`.
 */
export function countReplay(parts: Parts): (filter: ReplayFilter, most: number) => Promise<ReplayForecast> {
  return async (filter, most) => {
    let counts = noCounts;
    let lookedAt = 0;
    let place: ReplayPlace | undefined;
    while (lookedAt < most) {
      const page = await parts.replayLog.candidates(filter, place, Math.min(pageSize, most - lookedAt));
      const fates = await Promise.all(page.map(({ id }) => fateOf(parts, filter, id)));
      counts = withFates(
        counts,
        fates.filter((fate) => fate !== undefined),
      );
      lookedAt += page.length;
      place = page.at(-1);
      if (place === undefined) return { counts, lookedAt, isComplete: true };
    }
    const [more] = await parts.replayLog.candidates(filter, place, 1);
    return { counts, lookedAt, isComplete: more === undefined };
  };
}

async function fateOf(parts: Parts, filter: ReplayFilter, id: string): Promise<ReplayFate | undefined> {
  const old = await parts.notifications.find(id);
  if (old === undefined || !hasCause(old, filter)) return undefined;
  return (await judgeForReplay(parts, { status: filter.status }, old, parts.clock.now())).fate;
}
