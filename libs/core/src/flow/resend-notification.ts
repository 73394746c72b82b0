import { AppError } from '../kernel/app-error.js';
import { newId } from '../kernel/id.js';
import type { Variables } from '../message/variables.js';
import { type DeliveryStatus, isFinal } from '../notification/delivery-status.js';
import type { NotificationDesk } from '../notification/notification-desk.js';
import type { Notification } from '../notification/notification.js';
import {
  type ResendHurdle,
  resendHurdle,
  resendValidUntil,
  resendableStatuses,
} from '../notification/resend-hurdle.js';
import type { Deed } from './cancel-notification.js';
import { type CreateParts, createResend } from './create-resend.js';
import { type PlanParts, planResend, type ResendPlan } from './plan-resend.js';
import type { RequestIssue } from './request-issue.js';

type Parts = PlanParts & CreateParts & { readonly desk: NotificationDesk };

/** Which notification is to be resent, and how. */
export interface ResendRequest extends Deed {
  readonly id: string;
  /** Also when it has arrived, or perhaps has. */
  readonly force: boolean;
  readonly validUntil?: Date;
  /** Variables that take the place of the old ones, e.g. a date that was wrong. */
  readonly context?: Variables;
}

export type ResendResult =
  | { readonly kind: 'resent' | 'repeated'; readonly notification: Notification }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'refused'; readonly reason: ResendHurdle; readonly status: DeliveryStatus }
  /** Its one resend has come to its end; `successor` is what may be resent now. */
  | { readonly kind: 'already_resent'; readonly successor: Notification }
  | { readonly kind: 'invalid'; readonly issues: readonly RequestIssue[] };

/** Somebody else may be faster, or a receipt may come; nobody is that unlucky more often than this. */
const mostRounds = 5;

/**
 * Makes a new notification of an old one, once: whoever writes `resentAs` on the old one first creates the new one, and
 * everybody else is given the same. The old one keeps its history and counts as settled. A crash between the two writes is
 * repaired by the next call. Throws AppError `database_unavailable`.
 */
export function resendNotification(parts: Parts): (request: ResendRequest) => Promise<ResendResult> {
  return async (request) => {
    for (let round = 0; round < mostRounds; round += 1) {
      const result = await tryResend(parts, request);
      if (result !== undefined) return result;
    }
    throw new AppError('invariant_broken', `${request.id} changed ${mostRounds} times while it was to be resent`);
  };
}

/** Undefined when the notification has changed meanwhile. */
async function tryResend(parts: Parts, request: ResendRequest): Promise<ResendResult | undefined> {
  const old = await parts.notifications.find(request.id);
  if (old === undefined) return { kind: 'not_found' };
  const now = parts.clock.now();
  if (old.resentAs !== undefined) return knownResend(parts, old, old.resentAs, request, now);
  const reason = resendHurdle(old, request, now);
  if (reason !== undefined) return { kind: 'refused', reason, status: old.status };
  const plan = await planToResend(parts, old, newId('msg', now), request, now);
  if (!plan.ok) return { kind: 'invalid', issues: plan.issues };
  const { by, note } = request;
  const claimed = await parts.desk.claimResend({
    id: old.id,
    from: resendableStatuses(request.force),
    resentAs: plan.notification.id,
    action: { at: now, by, action: 'resent', ...(note === undefined ? {} : { note }) },
    resolved: { by, at: now, how: 'resent' },
  });
  return claimed ? carryOut(parts, plan.notification, by) : undefined;
}

async function knownResend(
  parts: Parts,
  old: Notification,
  successorId: string,
  request: ResendRequest,
  now: Date,
): Promise<ResendResult> {
  const successor = await parts.notifications.find(successorId);
  if (successor !== undefined) {
    return isFinal(successor.status)
      ? { kind: 'already_resent', successor }
      : { kind: 'repeated', notification: successor };
  }
  // Claimed, but not created: by a crash, or by somebody who is about to.
  const plan = await planToResend(parts, old, successorId, request, now);
  return plan.ok ? carryOut(parts, plan.notification, request.by) : { kind: 'invalid', issues: plan.issues };
}

async function planToResend(
  parts: Parts,
  old: Notification,
  id: string,
  request: ResendRequest,
  now: Date,
): Promise<ResendPlan> {
  const validUntil = resendValidUntil(old, request);
  if (validUntil !== undefined && validUntil <= now)
    return { ok: false, issues: [{ field: 'valid_until', message: 'has passed already' }] };
  return planResend(parts, old, { id, validUntil, context: request.context }, now);
}

async function carryOut(parts: Parts, notification: Notification, by: string): Promise<ResendResult> {
  const creation = await createResend(parts, notification, by);
  return creation.kind === 'exists'
    ? { kind: 'repeated', notification: creation.notification }
    : { kind: 'resent', notification };
}
