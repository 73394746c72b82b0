import { carryOutReplay, isLostInfrastructure, type Replay, type ReplayParts } from '@earlybird/core';
import { type Log, repeatEvery, type Repetition } from '@earlybird/ops';
import { type Bell } from './bell.js';

/** What running replays stands on. */
export interface ReplayRunnerParts extends ReplayParts {
  /** Rings when a replay was put on record. */
  readonly bell: Bell;
  readonly intervalMs: number;
  readonly log: Log;
}

/** At a time in one worker: a slow replay of yesterday must not hold up today's, and each is bounded by its own rate. */
const mostAtOnce = 4;

/**
 * Looks for replays that nobody carries out, takes each by a lease, and carries it on from where it stands. Idle it costs one
 * indexed query an interval. A lost server leaves the replay on record: the next look takes it up again.
 */
export class ReplayRunner {
  private readonly carryOut: ReturnType<typeof carryOutReplay>;
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly looking: Repetition;
  private readonly unsubscribe: () => void;
  private round = Promise.resolve();
  private isStopping = false;

  constructor(private readonly parts: ReplayRunnerParts) {
    this.carryOut = carryOutReplay(parts);
    this.looking = repeatEvery(
      parts.intervalMs,
      () => this.look(),
      () => undefined,
    );
    this.unsubscribe = parts.bell.onRing(() => void this.look());
  }

  /** Resolves when the steps that are under way are done and everything is given back. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.unsubscribe();
    await this.looking.stop();
    await this.round;
    await Promise.all(this.underWay.values());
  }

  /** One look after the other: two at once would take the same replay twice. */
  private look(): Promise<void> {
    this.round = this.round
      .then(() => this.takeAll())
      .catch((error: unknown) => {
        // A lost server is simply the next look's work.
        if (!isLostInfrastructure(error)) this.parts.log.event('round_failed', { context: 'replays', error });
      });
    return this.round;
  }

  private async takeAll(): Promise<void> {
    const { replays, clock, worker, replayLeaseMs } = this.parts;
    while (!this.isStopping && this.underWay.size < mostAtOnce) {
      const now = clock.now();
      const leaseUntil = new Date(now.getTime() + replayLeaseMs);
      const replay = await replays.claim({ holder: worker, now, leaseUntil }, [...this.underWay.keys()]);
      if (replay === undefined) return;
      const work = this.carryOn(replay).finally(() => this.underWay.delete(replay.id));
      this.underWay.set(replay.id, work);
    }
  }

  private async carryOn(replay: Replay): Promise<void> {
    try {
      await this.carryOut(replay, () => this.isStopping);
    } catch (error) {
      if (!isLostInfrastructure(error)) await this.giveUp(replay, error);
    }
  }

  /** An error that waiting does not cure would come again at once, for ever. */
  private async giveUp({ id, progress }: Replay, error: unknown): Promise<void> {
    const { replays, clock, worker, log, reporter } = this.parts;
    log.event('replay_failed', { replayId: id, error });
    const [result, reason] = ['stopped', 'internal_error'] as const;
    // If the database is away just now, the next holder meets the error and ends it.
    const isEnded = await replays
      .end({ id, holder: worker, state: result, reason, at: clock.now() })
      .catch(() => false);
    const count = progress?.counts.resent ?? 0;
    if (isEnded) reporter.report({ kind: 'replay_ended', replayId: id, result, reason, count });
  }
}
