import type { MessageType } from '../message/message-type.js';

/** Which trouble a replay is about: what failed, or what was perhaps sent. */
export const replayedStatuses = ['failed', 'unknown'] as const;
export type ReplayedStatus = (typeof replayedStatuses)[number];

/** Which notifications: all that ever came to `status`, by the time of their creation, and by what else is given. */
export interface ReplayFilter {
  readonly status: ReplayedStatus;
  /** Inclusive. */
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly messageType?: MessageType;
  /** See `causeOf`. */
  readonly cause?: string;
  /** E.164. */
  readonly phone?: string;
}

/** How fast a replay goes, and when it stops by itself. */
export interface ReplayPace {
  /** Resends a second at most. */
  readonly ratePerSecond: number;
  /** It stops when more of what it resent fails, in percent; 100 never stops it. */
  readonly mostFailedPercent: number;
  /** How many of its resends must have come to something before that is judged. */
  readonly leastOutcomes: number;
}

/**
 * What becomes of one notification in a replay:
 *
 * - `eligible` would be resent (in a dry run), `resent` was, by this very replay
 * - `delivered` has arrived after all, itself or by an earlier resend
 * - `in_flight` may still arrive, itself or by an earlier resend
 * - `already_resent` was, and that came to its end; the newer one is a candidate of its own
 * - `settled` was dismissed or resolved by a person, or is not failed (in doubt) any more
 * - `expired` is not worth sending any more: a replay never extends validity
 * - `opted_out` the recipient does not want it now; `unreachable` the number cannot be written to
 * - `invalid` cannot be rendered: no template is published, or variables are missing
 */
export const replayFates = [
  'eligible',
  'resent',
  'delivered',
  'in_flight',
  'already_resent',
  'settled',
  'expired',
  'opted_out',
  'unreachable',
  'invalid',
] as const;
export type ReplayFate = (typeof replayFates)[number];

/** How many met each fate. */
export type ReplayCounts = Readonly<Record<ReplayFate, number>>;

/** A place in the order in which a replay goes: by creation, the oldest first, because it expires first. */
export interface ReplayPlace {
  readonly createdAt: Date;
  readonly id: string;
}

/** How far a replay has come. */
export interface ReplayProgress {
  /** How many there were to be looked at when it began, whatever their cause. */
  readonly total: number;
  readonly lookedAt: number;
  /** Of those with the cause that is asked for. */
  readonly counts: ReplayCounts;
  /** The last one that was looked at. */
  readonly place?: ReplayPlace;
  /** Resends a second in the last seconds. */
  readonly seenPerSecond?: number;
  /** What it waits for: the provider is halted, or what it resent is still queued. */
  readonly waitingFor?: 'provider' | 'dispatch';
}

/**
 * Where a replay stands:
 *
 * ```
 *  running ──everything was looked at──▶ done
 *     ├──too much of what it resent fails, or an error of ours──▶ stopped
 *     └──a person──▶ cancelled
 * ```
 */
export const replayStates = ['running', 'done', 'stopped', 'cancelled'] as const;
export type ReplayState = (typeof replayStates)[number];

/** A resend of many, by filter (`replays`, data.md). */
export interface Replay {
  /** `replay_…` */
  readonly id: string;
  readonly filter: ReplayFilter;
  readonly pace: ReplayPace;
  /** The token's client. */
  readonly requestedBy: string;
  readonly note?: string;
  /** Unique, and with it a digest of the request, so that a key cannot be used for two. Absent when the client sent none. */
  readonly idempotencyKey?: string;
  readonly requestDigest?: string;
  readonly state: ReplayState;
  /** Why it ended, a stable word: `everything_looked_at`, `too_many_failures`, `internal_error`, `by_admin`. */
  readonly stateReason?: string;
  /** Absent until a worker has begun. */
  readonly progress?: ReplayProgress;
  /** Which worker carries it out, and until when it does so without a sign of life. */
  readonly holder?: string;
  readonly leaseUntil?: Date;
  readonly createdAt: Date;
  readonly startedAt?: Date;
  readonly updatedAt: Date;
  readonly endedAt?: Date;
  /** Who cancelled it. */
  readonly endedBy?: string;
}
