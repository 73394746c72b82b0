import type { Outcome } from '../attempt/outcome.js';
import { composeMessage } from '../message/compose-message.js';
import type { Message } from '../message/message.js';
import { type Template, heldUntil, templateHeld } from '../message/template.js';
import { type Cause, transitions } from '../notification/delivery-status.js';
import { type Notification, insistsOnNow, phoneOf } from '../notification/notification.js';
import type { StatusChange } from '../notification/notification-store.js';
import { type Permission, permissionFor } from '../recipient/permission.js';
import { type PreferenceDecision, preferenceDecision } from '../recipient/preference-decision.js';
import { type Leave, askLeave, tellProvider } from './ask-leave.js';
import { conclude } from './conclude.js';
import { finishAttempt } from './finish-attempt.js';
import type { FlowParts } from './flow-parts.js';
import { startAttempt } from './start-attempt.js';
import { trailOf } from '../notification/trail-of.js';

/** One attempt, from the question whether it is still wanted to the settled envelope. Nothing waits between start and send. */
export async function makeAttempt(parts: FlowParts, notification: Notification, number: number): Promise<void> {
  const template = await parts.templates.findPublished(notification.messageType, notification.language);
  if (template === undefined) return drop(parts, notification, 'unrenderable', 'template_missing');
  const { permission, decision } = await askPermission(parts, notification, template);
  if (permission.kind !== 'allowed') return;
  const until = heldUntil(template, parts.clock.now());
  if (until !== undefined)
    return drop(parts, notification, 'postponed', templateHeld, waitingUntil(within(notification, until)));
  const composition = composeMessage(parts.renderer, template, notification.context);
  if (!composition.ok)
    return drop(parts, notification, 'unrenderable', [composition.reason, ...composition.missing].join(' '));
  const { message } = composition;
  const leave = await askLeave(parts, notification, number);
  if (leave === undefined) return;
  const departure = await depart(parts, notification, number, message, leave, decision);
  if (departure === undefined) return parts.gate.leave(leave.pass);
  const { started } = departure;
  const outcome = await departure.answer;
  const finished = await finishAttempt(parts, started, number, outcome);
  await tellProvider(parts, started, leave.pass, outcome);
  if (finished !== undefined) await conclude(parts, finished);
}

/** Starts the attempt and sends at once; the permit is over with it, whatever comes. */
async function depart(
  parts: FlowParts,
  notification: Notification,
  number: number,
  message: Message,
  { permit }: Leave,
  decision: PreferenceDecision | undefined,
): Promise<{ readonly started: Notification; readonly answer: Promise<Outcome> } | undefined> {
  try {
    const started = await startAttempt(parts, notification, number, message, decision);
    return started === undefined ? undefined : { started, answer: send(parts, started, number, message) };
  } finally {
    permit.end();
  }
}

/** A hold may be lifted early, so what it outlasts waits for its last moment, and expires then. */
function within({ validUntil }: Notification, until: Date): Date {
  return until < validUntil ? until : validUntil;
}

/** Asked before every attempt, because settings change while envelopes wait. A refusal is stored before it is answered. */
async function askPermission(
  parts: FlowParts,
  notification: Notification,
  template: Template,
): Promise<{ readonly permission: Permission; readonly decision: PreferenceDecision | undefined }> {
  const now = parts.clock.now();
  const settings = await parts.settings.find(notification.recipient);
  const { quietHours, overrideQuietHours } = template;
  const immediate = insistsOnNow(notification);
  const permission = permissionFor({ ...notification, quietHours, overrideQuietHours, immediate, settings, now });
  const decision = preferenceDecision(permission.reason, settings, now);
  const decided = decision === undefined ? {} : { decision };
  switch (permission.kind) {
    case 'allowed':
      break;
    case 'suppressed':
    case 'expired':
      await drop(parts, notification, permission.kind, permission.reason, decided);
      break;
    case 'postponed':
      await drop(parts, notification, 'postponed', permission.reason, {
        ...decided,
        ...waitingUntil(permission.until),
      });
      break;
  }
  return { permission, decision };
}

/** Leaves the lane without an attempt; the envelope is done. */
async function drop(
  parts: FlowParts,
  notification: Notification,
  cause: Cause,
  reason: string,
  change: Pick<StatusChange, 'dueAt' | 'wakeAt' | 'decision'> = {},
): Promise<void> {
  const { from, to } = transitions[cause];
  const changed = await parts.notifications.changeStatus({
    id: notification.id,
    from,
    to,
    reason,
    at: parts.clock.now(),
    ...change,
  });
  if (changed) parts.reporter.report({ kind: 'status_changed', ...trailOf(notification), status: to, reason });
}

function waitingUntil(moment: Date): Pick<StatusChange, 'dueAt' | 'wakeAt'> {
  return { dueAt: moment, wakeAt: moment };
}

function send(parts: FlowParts, notification: Notification, attempt: number, message: Message) {
  return parts.sender.send({
    notificationId: notification.id,
    attempt,
    phone: phoneOf(notification),
    message,
    variables: notification.context,
  });
}
