import { chooseLanguage } from '../message/language.js';
import type { Variables } from '../message/variables.js';
import type { Draft } from '../notification/draft-notifications.js';
import { resendKey } from '../notification/idempotency-key.js';
import { laneOf } from '../notification/lane.js';
import type { Notification } from '../notification/notification.js';
import { openNotification } from '../notification/open-notification.js';
import type { FlowParts } from './flow-parts.js';
import { previewMessage } from './preview-message.js';
import type { RequestIssue } from './request-issue.js';

/** What planning a resend stands on; nothing of it writes. */
export type PlanParts = Pick<FlowParts, 'settings' | 'templates' | 'renderer' | 'policy'>;

/** What the new notification does not take from the old one. */
export interface ResendTerms {
  /** The id that it will have. */
  readonly id: string;
  /** The type's own span when absent. */
  readonly validUntil?: Date | undefined;
  /** Variables that take the place of the old ones. */
  readonly context?: Variables | undefined;
  /** In a replay nobody waits for the answer, and it travels in the bulk lane. `id` is absent when it is only counted. */
  readonly replay?: { readonly id?: string };
}

/** The new notification as it would be stored, by what is on record for its recipient now; or why it cannot be made. */
export type ResendPlan =
  | { readonly ok: true; readonly notification: Notification }
  | { readonly ok: false; readonly issues: readonly RequestIssue[] };

/** Makes the successor of an old notification without storing it. Throws AppError `database_unavailable`. */
export async function planResend(
  parts: PlanParts,
  old: Notification,
  terms: ResendTerms,
  now: Date,
): Promise<ResendPlan> {
  const settings = await parts.settings.find(old.recipient);
  const context = { ...old.context, ...terms.context };
  const preview = await previewMessage(parts, old.messageType, chooseLanguage(settings.person, old.language), context);
  if (!preview.ok) return preview;
  const { template } = preview.message;
  const draft = draftOf(old, terms, context, now);
  return {
    ok: true,
    notification: {
      ...openNotification(draft, { settings, template, now, graces: parts.policy.graces }),
      id: terms.id,
    },
  };
}

function draftOf(old: Notification, { validUntil, replay }: ResendTerms, context: Variables, happenedAt: Date): Draft {
  const { event, requestedBy, correlationId, traceparent, channel, recipient, messageType, category } = old;
  return {
    idempotencyKey: resendKey(old.id, 0),
    ...(event === undefined ? {} : { event }),
    ...(requestedBy === undefined ? {} : { requestedBy }),
    correlationId,
    ...(traceparent === undefined ? {} : { traceparent }),
    channel,
    recipient,
    messageType,
    category,
    lane: laneOf(category, replay !== undefined),
    context,
    // Who asked for it at once has long had an answer: many of them must not break quiet hours.
    immediate: replay === undefined && old.immediate,
    ...(old.referenceId === undefined ? {} : { referenceId: old.referenceId }),
    happenedAt,
    ...(validUntil === undefined ? {} : { validUntil }),
    sweeps: 0,
    lastAttemptNumber: 0,
    attempts: [],
    receipts: [],
    resendOf: old.id,
    ...(replay?.id === undefined ? {} : { replay: replay.id }),
    adminActions: [],
    wishedLanguage: old.language,
  };
}
