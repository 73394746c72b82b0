import { newId } from '../kernel/id.js';
import { type DeliveryStatus, isFinal } from '../notification/delivery-status.js';
import type { NotificationStore } from '../notification/notification-store.js';
import type { Notification } from '../notification/notification.js';
import type { ReplayFate, ReplayedStatus } from '../replay/replay.js';
import { type PlanParts, planResend } from './plan-resend.js';

/** What judging stands on; nothing of it writes. */
export type JudgeParts = PlanParts & { readonly notifications: Pick<NotificationStore, 'find'> };

/** The replay that asks; a dry run has no id. */
export interface AskingReplay {
  readonly id?: string;
  readonly status: ReplayedStatus;
}

export interface ReplayJudgement {
  readonly fate: ReplayFate;
  /** The new notification, where it is to be stored: claimed for the old one first, unless that has been done. */
  readonly successor?: Notification;
  /** Its id stands on the old one already; only its creation is missing, by a crash or for a moment. */
  readonly isClaimed: boolean;
}

/**
 * What a replay does with one notification, by what is on record now. The dry run counts what the real run acts on, so that
 * the two cannot differ. Throws AppError `database_unavailable`.
 */
export async function judgeForReplay(
  parts: JudgeParts,
  replay: AskingReplay,
  old: Notification,
  now: Date,
): Promise<ReplayJudgement> {
  const known = old.resentAs === undefined ? undefined : await parts.notifications.find(old.resentAs);
  if (known !== undefined) return { fate: fateBySuccessor(known, replay), isClaimed: true };
  const isClaimed = old.resentAs !== undefined;
  const fate = isClaimed ? undefined : fateByItself(old, replay.status, now);
  if (fate !== undefined) return { fate, isClaimed };
  const terms = { id: old.resentAs ?? newId('msg', now), validUntil: old.validUntil, replay: termsOf(replay) };
  const plan = await planResend(parts, old, terms, now);
  if (!plan.ok) return { fate: 'invalid', isClaimed };
  const { notification: successor } = plan;
  const withheld = fateOfPlan(successor);
  // What was claimed is created whatever it will be: an id that leads nowhere would hide the failure for ever.
  return withheld === undefined || isClaimed
    ? { fate: withheld ?? 'eligible', successor, isClaimed }
    : { fate: withheld, isClaimed };
}

function termsOf({ id }: AskingReplay): { readonly id?: string } {
  return id === undefined ? {} : { id };
}

function fateBySuccessor(successor: Notification, { id }: AskingReplay): ReplayFate {
  // Counted once more after a crash between the resend and the note of it.
  if (id !== undefined && successor.replay === id) return 'resent';
  if (hasArrived(successor.status)) return 'delivered';
  return isFinal(successor.status) ? 'already_resent' : 'in_flight';
}

function fateByItself(
  { status, resolved, validUntil }: Notification,
  asked: ReplayedStatus,
  now: Date,
): ReplayFate | undefined {
  if (hasArrived(status)) return 'delivered';
  if (status !== asked) return isFinal(status) || status === 'unknown' ? 'settled' : 'in_flight';
  if (resolved !== undefined) return 'settled';
  return validUntil <= now ? 'expired' : undefined;
}

function hasArrived(status: DeliveryStatus): boolean {
  return status === 'delivered' || status === 'read';
}

/** Reasons that lie in the number; all others are the recipient's own wish. */
const unreachableReasons: readonly (string | undefined)[] = ['number_unreachable', 'no_usable_phone'];

/** Undefined when it would leave, now or when its quiet hours are over. */
function fateOfPlan({ status, statusReason }: Notification): ReplayFate | undefined {
  if (status === 'expired') return 'expired';
  if (status !== 'suppressed') return undefined;
  return unreachableReasons.includes(statusReason) ? 'unreachable' : 'opted_out';
}
