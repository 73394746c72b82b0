import { createHash } from 'node:crypto';
import { type MessageType, factsOf, isMessageType, messageTypeNames } from '../message/message-type.js';
import { chooseLanguage } from '../message/language.js';
import type { Template } from '../message/template.js';
import type { Variables } from '../message/variables.js';
import type { Draft } from '../notification/draft-notifications.js';
import { requestKey } from '../notification/idempotency-key.js';
import { laneOf } from '../notification/lane.js';
import type { Notification } from '../notification/notification.js';
import { openNotification } from '../notification/open-notification.js';
import { parsePhone } from '../recipient/phone-number.js';
import type { Recipient } from '../recipient/recipient.js';
import type { RecipientSettings } from '../recipient/settings.js';
import { enqueueOrLeave } from './enqueue-or-leave.js';
import type { FlowParts } from './flow-parts.js';
import { previewMessage } from './preview-message.js';
import type { RequestIssue } from './request-issue.js';
import { trailOf } from '../notification/trail-of.js';

type Parts = Pick<
  FlowParts,
  'notifications' | 'settings' | 'templates' | 'renderer' | 'policy' | 'clock' | 'reporter'
> & { readonly queue: Pick<FlowParts['queue'], 'enqueue'> };

/** What a client asks for over REST. */
export interface NotificationRequest {
  /** Who asks, from the token. */
  readonly client: string;
  /** With the client the key of this request; a client that sends none makes a new request each time. */
  readonly idempotencyKey: string;
  readonly correlationId: string;
  /** W3C trace context of the request. */
  readonly traceparent?: string;
  readonly phone: string;
  readonly messageType: string;
  readonly context: Variables;
  readonly referenceId?: string;
  readonly userId?: string;
  readonly immediate?: boolean;
  readonly language?: string;
  /** Not before. */
  readonly sendAt?: Date;
  /** Not after; 24 h after acceptance when absent. */
  readonly validUntil?: Date;
}

export type RequestResult =
  | { readonly kind: 'created' | 'repeated'; readonly notification: Notification; readonly text?: string }
  /** The key was used for another request. */
  | { readonly kind: 'conflict'; readonly notification: Notification }
  | { readonly kind: 'invalid'; readonly issues: readonly RequestIssue[] };

const defaultValidityMs = 24 * 3_600_000;

/**
 * Creates the notification of a request once per (client, key) and enqueues it. A broker that is away loses nothing: the
 * notification is stored and the sweeper enqueues it. Throws AppError `database_unavailable`.
 */
export function requestNotification(parts: Parts): (request: NotificationRequest) => Promise<RequestResult> {
  return async (request) => {
    const checked = await check(parts, request);
    if (!checked.ok) return (await firstResult(parts, request)) ?? { kind: 'invalid', issues: checked.issues };
    const sendAt = request.sendAt === undefined ? {} : { sendAt: request.sendAt };
    const notification = openNotification(checked.draft, {
      settings: checked.settings,
      template: checked.template,
      now: parts.clock.now(),
      graces: parts.policy.graces,
      ...sendAt,
    });
    const creation = await parts.notifications.create(notification);
    if (creation.kind === 'exists' && creation.notification.requestDigest !== notification.requestDigest) {
      return { kind: 'conflict', notification: creation.notification };
    }
    const known = creation.kind === 'created' ? notification : creation.notification;
    if (known.status === 'queued' && known.lastAttemptNumber === 0) await enqueueOrLeave(parts, known);
    if (creation.kind === 'exists') return { kind: 'repeated', notification: known, text: checked.text };
    report(parts, request, known);
    return { kind: 'created', notification: known, text: checked.text };
  };
}

/** What was right when it was asked first stays answered, also when its moment has passed or its template has gone since. */
async function firstResult(
  { notifications }: Parts,
  request: NotificationRequest,
): Promise<Extract<RequestResult, { readonly kind: 'created' | 'repeated' }> | undefined> {
  const notification = await notifications.findByKey(requestKey(request.client, request.idempotencyKey));
  if (notification === undefined || notification.requestDigest !== digestOf(request)) return undefined;
  return { kind: 'repeated', notification };
}

type Checked =
  | {
      readonly ok: true;
      readonly draft: Draft;
      readonly settings: RecipientSettings;
      readonly template: Template;
      readonly text: string;
    }
  | { readonly ok: false; readonly issues: readonly RequestIssue[] };

/** Everything that can be known to be wrong before anything is stored, all of it at once. */
async function check(parts: Parts, request: NotificationRequest): Promise<Checked> {
  const now = parts.clock.now();
  const phone = parsePhone(request.phone);
  const issues: RequestIssue[] = phone.ok ? [] : [{ field: 'phone', message: phone.reason }];
  const validUntil =
    request.validUntil ?? new Date(Math.max(now.getTime(), request.sendAt?.getTime() ?? 0) + defaultValidityMs);
  if (validUntil <= now) issues.push({ field: 'valid_until', message: 'has passed already' });
  if (request.sendAt !== undefined && request.sendAt >= validUntil)
    issues.push({ field: 'send_at', message: 'is not before valid_until' });
  if (!isMessageType(request.messageType)) {
    issues.push({ field: 'message_type', message: `unknown; one of ${messageTypeNames.join(', ')}` });
    return { ok: false, issues };
  }
  const settings = phone.ok ? await parts.settings.find(recipientOf(request, phone.phone)) : {};
  // The person's own language, where it is on record, is the one that the message will have.
  const language = chooseLanguage(settings.person, request.language);
  const preview = await previewMessage(parts, request.messageType, language, request.context);
  if (!preview.ok) issues.push(...preview.issues);
  if (!phone.ok || !preview.ok || issues.length > 0) return { ok: false, issues };
  return {
    ok: true,
    ...preview.message,
    settings,
    draft: draftOf(request, request.messageType, phone.phone, validUntil, now),
  };
}

function recipientOf({ userId, context }: NotificationRequest, phone: string): Recipient {
  const name = context['customer_name'];
  return {
    phone,
    ...(userId === undefined ? {} : { userId }),
    ...(typeof name === 'string' ? { name } : {}),
  };
}

function draftOf(
  request: NotificationRequest,
  messageType: MessageType,
  phone: string,
  validUntil: Date,
  happenedAt: Date,
): Draft {
  const { category, immediate } = factsOf(messageType);
  const { context, referenceId, language, traceparent } = request;
  return {
    idempotencyKey: requestKey(request.client, request.idempotencyKey),
    requestedBy: request.client,
    requestDigest: digestOf(request),
    correlationId: request.correlationId,
    ...(traceparent === undefined ? {} : { traceparent }),
    channel: 'whatsapp',
    recipient: recipientOf(request, phone),
    messageType,
    category,
    lane: laneOf(category),
    context,
    immediate: request.immediate ?? immediate,
    ...(referenceId === undefined ? {} : { referenceId }),
    happenedAt,
    validUntil,
    sweeps: 0,
    lastAttemptNumber: 0,
    attempts: [],
    receipts: [],
    adminActions: [],
    ...(language === undefined ? {} : { wishedLanguage: language }),
  };
}

/** What makes two bodies the same request: every field that the client chose. */
function digestOf({
  phone,
  messageType,
  context,
  referenceId,
  userId,
  immediate,
  language,
  sendAt,
  validUntil,
}: NotificationRequest): string {
  const body = JSON.stringify([
    phone,
    messageType,
    sorted(context),
    referenceId,
    userId,
    immediate,
    language,
    sendAt,
    validUntil,
  ]);
  return createHash('sha256').update(body).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => left.localeCompare(right))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function report(parts: Parts, { client }: NotificationRequest, notification: Notification): void {
  const { messageType, status } = notification;
  parts.reporter.report({ kind: 'notification_requested', ...trailOf(notification), messageType, client, status });
}
