import type { Attempt } from '../attempt/attempt.js';
import type { OnUnknown } from '../message/message-type.js';
import type { PreferenceDecision } from '../recipient/preference-decision.js';
import type { DeliveryStatus } from './delivery-status.js';
import type { Lane } from './lane.js';
import type { Notification } from './notification.js';

/** Created, or the one that holds the idempotency key already. */
export type Creation = { readonly kind: 'created' } | { readonly kind: 'exists'; readonly notification: Notification };

/** The write before a send: takes the attempt number, the lease and the text. */
export interface AttemptStart {
  readonly id: string;
  readonly number: number;
  readonly startedAt: Date;
  readonly leaseUntil: Date;
  readonly worker: string;
  readonly onUnknown: OnUnknown;
  readonly text: string;
  readonly templateVersion: number;
  readonly wakeAt: Date;
  /** Why it leaves although something spoke against it, e.g. `quiet_hours_overridden_by_validity`. */
  readonly statusReason?: string;
  readonly decision?: PreferenceDecision;
}

/** The write after a send: outcome and new status together. */
export interface AttemptFinish {
  readonly id: string;
  readonly number: number;
  /** What the attempt came to; `number`, `startedAt`, `leaseUntil`, `worker` stay as they are. */
  readonly result: Required<Pick<Attempt, 'finishedAt' | 'outcome' | 'counted' | 'durationMs'>> &
    Pick<Attempt, 'reason' | 'errorCode' | 'httpStatus' | 'detail' | 'providerMessageId'>;
  /**
   * This and what follows up to `wakeAt` applies only while the status is still `sending`: a receipt may have been faster,
   * and then only the attempt and the notification's `providerMessageId` are written.
   */
  readonly status: DeliveryStatus;
  readonly statusReason?: string;
  readonly nextAttemptAt?: Date;
  readonly dueAt?: Date;
  readonly wakeAt?: Date;
  /** An equal uncounted attempt with this number precedes it: count it there (`times`, `finishedAt`) and drop this entry. */
  readonly mergeInto?: number;
}

/** A change of status without an attempt, applied only from one of `from`. */
export interface StatusChange {
  readonly id: string;
  readonly from: readonly DeliveryStatus[];
  readonly to: DeliveryStatus;
  readonly reason?: string;
  readonly at: Date;
  readonly dueAt?: Date;
  readonly wakeAt?: Date;
  readonly decision?: PreferenceDecision;
}

/**
 * Port: where notifications are kept. Every write is conditional and touches one document, so that any number of workers
 * may do the same at once and one of them wins. A write that changes the status clears `statusReason`, `nextAttemptAt`,
 * `dueAt` and `wakeAt` unless it sets them, keeps `decision` unless it sets it, and fills `statusTimes` where the status is reached for the first time.
 * Throws AppError `database_unavailable`; the write may or may not have happened then.
 */
export interface NotificationStore {
  /** Once per idempotency key. */
  create(notification: Notification): Promise<Creation>;
  find(id: string): Promise<Notification | undefined>;
  /** The one that holds the idempotency key. */
  findByKey(idempotencyKey: string): Promise<Notification | undefined>;
  /** The notification as it is now, or undefined when the number is used or the status does not wait for an attempt. */
  startAttempt(start: AttemptStart): Promise<Notification | undefined>;
  /** False when the attempt is not open (any more). */
  finishAttempt(finish: AttemptFinish): Promise<boolean>;
  /**
   * An acceptance that came after the attempt had been closed as `unknown`: the attempt becomes accepted, the status moves
   * as `accepted_late` says. False when there is no such attempt.
   */
  recordLateAnswer(id: string, number: number, providerMessageId: string, at: Date): Promise<boolean>;
  /** False when the status was none of `from`. */
  changeStatus(change: StatusChange): Promise<boolean>;
  /** Up to `limit` notifications of `lanes` whose `wakeAt` has passed, the longest overdue first. */
  findWaking(now: Date, limit: number, lanes: readonly Lane[]): Promise<readonly Notification[]>;
  /** Moves `wakeAt` on from `seen` and counts a sweep; false when somebody else was faster or it is not waiting any more. */
  claimWaking(id: string, seen: Date, next: Date): Promise<boolean>;
}
