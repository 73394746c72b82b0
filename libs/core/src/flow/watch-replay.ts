import type { ProviderGate } from '../attempt/provider-gate.js';
import type { Clock } from '../kernel/clock.js';
import type { ReplayLog } from '../replay/replay-log.js';
import type { Replay, ReplayProgress } from '../replay/replay.js';
import { failsTooOften, isAheadOfDispatch, outcomeStatuses } from '../replay/replay-brake.js';

/** What watching a replay stands on. */
export interface WatchParts {
  readonly replayLog: ReplayLog;
  readonly gate: Pick<ProviderGate, 'isHalted'>;
  readonly clock: Pick<Clock, 'steadyMs'>;
}

/** Whether a replay may go on. */
export type ReplayLeave = 'go' | 'stop' | NonNullable<ReplayProgress['waitingFor']>;

/** How often it is looked at what became of the resends: a second of the rate is all that goes wrong unseen. */
const lookEveryMs = 1_000;
/** Counting a long replay takes the database longer; no more than a twentieth of the time goes into it. */
const restPerLook = 20;
/** The newest outcomes are judged by themselves: trouble that begins late would drown in what went well before. */
const newest = 200;

/** Answers, as often as it is asked, whether the replay may go on, from a look that is at most about a second old. */
export function watchReplay(parts: WatchParts, { id, pace }: Replay): () => Promise<ReplayLeave> {
  let leave: ReplayLeave = 'go';
  let nextLookAt = 0;
  return async () => {
    const startedAt = parts.clock.steadyMs();
    if (startedAt < nextLookAt) return leave;
    leave = await look(parts, id, pace);
    const endedAt = parts.clock.steadyMs();
    nextLookAt = endedAt + Math.max(lookEveryMs, restPerLook * (endedAt - startedAt));
    return leave;
  };
}

async function look(parts: WatchParts, id: string, pace: Replay['pace']): Promise<ReplayLeave> {
  const counts = await parts.replayLog.statusesOf(id);
  if (failsTooOften(counts, pace)) return 'stop';
  if (failsTooOften(await parts.replayLog.latestOf(id, outcomeStatuses, newest), pace)) return 'stop';
  if (await parts.gate.isHalted()) return 'provider';
  return isAheadOfDispatch(counts, pace) ? 'dispatch' : 'go';
}
