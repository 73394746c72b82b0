import type { MessageType } from '../message/message-type.js';
import type { StatusChange } from './notification-store.js';
import type { DeliveryStatus } from './delivery-status.js';
import type { AdminAction, Notification } from './notification.js';

/** How a person settled a doubt or a failure: then nobody needs to look at it any more. */
export type Resolution = NonNullable<Notification['resolved']>;

/** A change of status by a person, recorded with who did it. */
export interface DeskChange extends Pick<StatusChange, 'id' | 'from' | 'to' | 'reason' | 'at'> {
  readonly action: AdminAction;
  readonly resolved?: Resolution;
}

/** Takes an old notification for its one resend. */
export interface ResendClaim {
  readonly id: string;
  readonly from: readonly DeliveryStatus[];
  /** The id that the new notification will have. */
  readonly resentAs: string;
  readonly action: AdminAction;
  readonly resolved: Resolution;
}

/**
 * Port: what people do to notifications. Every write is conditional, touches single documents and records its action with
 * it, so that any number of people may do the same at once and one of them wins. Throws AppError `database_unavailable`.
 */
export interface NotificationDesk {
  /** Clears `nextAttemptAt`, `dueAt` and `wakeAt`. False when the status was none of `from`. */
  changeStatus(change: DeskChange): Promise<boolean>;
  /** Sets `resentAs` and `resolved`. False when it has been resent already or its status was none of `from`. */
  claimResend(claim: ResendClaim): Promise<boolean>;
  /** Marks those of `ids` that are failed or unknown and that nobody has settled yet. Answers how many. */
  dismiss(ids: readonly string[], resolved: Resolution, action: AdminAction): Promise<number>;
  /** Makes due now what is scheduled for `reason`, of one message type. Answers how many. */
  wake(messageType: MessageType, reason: string, at: Date): Promise<number>;
  /** Takes back what was dismissed (not what was resent or resolved). Answers how many. */
  restore(ids: readonly string[], action: AdminAction): Promise<number>;
  /** Those of `ids` that no person needs to look at any more: resolved, or of an undoubted status. */
  findSettled(ids: readonly string[]): Promise<readonly string[]>;
  /** Makes the next attempt of those of `ids` that are retrying due at the action's moment; `wakeAt` is when their envelope counts as lost then. Answers how many. */
  release(ids: readonly string[], wakeAt: Date, action: AdminAction): Promise<number>;
}

/** `resolved.how` of what was dismissed. */
export const dismissed = 'dismissed';
