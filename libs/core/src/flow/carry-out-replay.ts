import type { Clock } from '../kernel/clock.js';
import { noCounts, withFates } from '../replay/replay-count.js';
import type { ReplayStore } from '../replay/replay-store.js';
import type { Replay, ReplayFate, ReplayPlace, ReplayProgress } from '../replay/replay.js';
import { type ReplayResendParts, resendForReplay } from './resend-for-replay.js';
import { speedometer } from './speedometer.js';
import { type WatchParts, watchReplay } from './watch-replay.js';

/** What carrying out a replay stands on. */
export type ReplayParts = ReplayResendParts &
  WatchParts & {
    readonly replays: ReplayStore;
    readonly clock: Clock;
    /** Who holds the replay. */
    readonly worker: string;
    /** How long without a sign of life until another worker takes it over. */
    readonly replayLeaseMs: number;
  };

/** Places read at a time; the notifications themselves are read one by one right before they are judged. */
const placesPerRead = 500;
/** Steps a second: what a crash repeats, and how long a cancellation waits, is a step. */
const stepsPerSecond = 4;
/** At once at most; beyond, the steps only get longer. */
const mostPerStep = 50;
/** How long it waits before it asks again whether it may go on. */
const waitMs = 500;

/**
 * Carries a claimed replay to its end, or until it is lost (cancelled, or taken over by another worker) or `shallStop` says
 * so; then it is given back. Each step ends with one write that moves cursor, counts and lease; what a crash cuts off
 * between a resend and that write is recognised by its successor and counted once. Throws AppError `database_unavailable`:
 * whoever claims it next goes on.
 */
export function carryOutReplay(parts: ReplayParts): (claimed: Replay, shallStop: () => boolean) => Promise<void> {
  const resend = resendForReplay(parts);
  return async (replay, shallStop) => {
    const mayGoOn = watchReplay(parts, replay);
    const speed = speedometer(parts.clock);
    let progress = await beginning(parts, replay);
    let ahead: readonly ReplayPlace[] = [];
    let dueAt = 0;
    while (!shallStop()) {
      const leave = await mayGoOn();
      if (leave === 'stop') return end(parts, replay, progress, 'stopped', 'too_many_failures');
      if (leave !== 'go') {
        progress = { ...progress, waitingFor: leave };
        if (!(await advance(parts, replay, progress))) return;
        await parts.clock.sleep(waitMs);
        continue;
      }
      if (ahead.length === 0) ahead = await parts.replayLog.candidates(replay.filter, progress.place, placesPerRead);
      if (ahead.length === 0) return end(parts, replay, progress, 'done', 'everything_looked_at');
      const now = parts.clock.steadyMs();
      const step = ahead.slice(0, sizeOfStep(replay));
      ahead = ahead.slice(step.length);
      const fates = await all(step.map(({ id }) => resend(id, replay)));
      progress = advanced(progress, step, fates, speed);
      if (!(await advance(parts, replay, progress))) return;
      const resent = fates.filter((fate) => fate === 'resent').length;
      dueAt = Math.max(dueAt, now) + (resent * 1_000) / replay.pace.ratePerSecond;
      const restMs = dueAt - parts.clock.steadyMs();
      if (restMs > 0) await parts.clock.sleep(restMs);
    }
    await parts.replays.release(replay.id, parts.worker);
  };
}

function sizeOfStep({ pace }: Replay): number {
  return Math.min(mostPerStep, Math.ceil(pace.ratePerSecond / stepsPerSecond));
}

async function beginning(parts: ReplayParts, { id, filter, progress }: Replay): Promise<ReplayProgress> {
  const count = progress?.counts.resent ?? 0;
  parts.reporter.report({ kind: 'replay_taken', replayId: id, worker: parts.worker, count });
  return progress ?? { total: await parts.replayLog.countCandidates(filter), lookedAt: 0, counts: noCounts };
}

function advanced(
  { total, lookedAt, counts }: ReplayProgress,
  step: readonly ReplayPlace[],
  fates: readonly (ReplayFate | undefined)[],
  speed: (resent: number) => number | undefined,
): ReplayProgress {
  const place = step.at(-1);
  const newCounts = withFates(
    counts,
    fates.filter((fate) => fate !== undefined),
  );
  const seenPerSecond = speed(newCounts.resent);
  return {
    total,
    lookedAt: lookedAt + step.length,
    counts: newCounts,
    ...(place === undefined ? {} : { place }),
    ...(seenPerSecond === undefined ? {} : { seenPerSecond }),
  };
}

function advance(parts: ReplayParts, { id }: Replay, progress: ReplayProgress): Promise<boolean> {
  const at = parts.clock.now();
  const leaseUntil = new Date(at.getTime() + parts.replayLeaseMs);
  return parts.replays.advance({ id, holder: parts.worker, progress, at, leaseUntil });
}

async function end(
  parts: ReplayParts,
  { id }: Replay,
  { counts }: ReplayProgress,
  result: 'done' | 'stopped',
  reason: string,
): Promise<void> {
  const at = parts.clock.now();
  const isEnded = await parts.replays.end({ id, holder: parts.worker, state: result, reason, at });
  if (isEnded) parts.reporter.report({ kind: 'replay_ended', replayId: id, result, reason, count: counts.resent });
}

/** One that fails must not leave the others unobserved. */
async function all<Result>(work: readonly Promise<Result>[]): Promise<readonly Result[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
