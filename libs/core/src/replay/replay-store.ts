import type { Replay, ReplayProgress, ReplayState } from './replay.js';

/** Created, or the one that holds the idempotency key already. */
export type ReplayCreation = { readonly kind: 'created' } | { readonly kind: 'exists'; readonly replay: Replay };

/** Which replays, newest first. */
export interface ReplayQuery {
  readonly state?: ReplayState;
  /** Only those behind this one in the list. */
  readonly after?: string;
  readonly limit: number;
}

/** Takes a running replay that nobody holds. */
export interface ReplayClaim {
  readonly holder: string;
  readonly now: Date;
  readonly leaseUntil: Date;
}

/** What its holder has done; the lease goes on. */
export interface ReplayAdvance {
  readonly id: string;
  readonly holder: string;
  readonly progress: ReplayProgress;
  readonly at: Date;
  readonly leaseUntil: Date;
}

/** How a running replay comes to its end. */
export interface ReplayEnd {
  readonly id: string;
  /** Only while this worker holds it; whoever holds it when absent. */
  readonly holder?: string;
  readonly state: Exclude<ReplayState, 'running'>;
  readonly reason: string;
  readonly at: Date;
  readonly by?: string;
}

/**
 * Port: where replays are kept. Every write is conditional and touches one document, so that of any number of workers one
 * holds a replay, and whoever has lost it finds out at its next write. Throws AppError `database_unavailable`.
 */
export interface ReplayStore {
  /** Once per idempotency key, where there is one. */
  create(replay: Replay): Promise<ReplayCreation>;
  find(id: string): Promise<Replay | undefined>;
  list(query: ReplayQuery): Promise<readonly Replay[]>;
  /**
   * The oldest running replay that nobody holds, whose lease is over, or that this holder held before, with the new lease;
   * undefined when there is none. `besides` are those that the holder is at already. `startedAt` is set once.
   */
  claim(claim: ReplayClaim, besides: readonly string[]): Promise<Replay | undefined>;
  /** False when it does not run any more or another worker holds it. */
  advance(advance: ReplayAdvance): Promise<boolean>;
  /** Gives it back, for another worker to go on at once. */
  release(id: string, holder: string): Promise<void>;
  /** False when it did not run any more, or another worker holds it. */
  end(end: ReplayEnd): Promise<boolean>;
}
