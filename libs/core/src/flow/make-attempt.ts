import { composeMessage } from '../message/compose-message.js';
import type { Message } from '../message/message.js';
import type { Template } from '../message/template.js';
import { type Cause, transitions } from '../notification/delivery-status.js';
import type { Notification } from '../notification/notification.js';
import { permissionFor } from '../recipient/permission.js';
import { conclude } from './conclude.js';
import { finishAttempt } from './finish-attempt.js';
import type { FlowParts } from './flow-parts.js';

/** One attempt, from the question whether it is still wanted to the settled envelope. Nothing waits between start and send. */
export async function makeAttempt(parts: FlowParts, notification: Notification, number: number): Promise<void> {
  const template = await parts.templates.findPublished(notification.messageType, notification.language);
  if (template === undefined) return drop(parts, notification, 'unrenderable', 'template_missing');
  if (!(await isWanted(parts, notification, template))) return;
  const composition = composeMessage(parts.renderer, template, notification.context);
  if (!composition.ok)
    return drop(parts, notification, 'unrenderable', [composition.reason, ...composition.missing].join(' '));
  const started = await start(parts, notification, number, composition.message);
  if (started === undefined) return;
  const outcome = await send(parts, started, number, composition.message);
  const finished = await finishAttempt(parts, started, number, outcome);
  if (finished !== undefined) await conclude(parts, finished);
}

async function isWanted(parts: FlowParts, notification: Notification, template: Template): Promise<boolean> {
  const now = parts.clock.now();
  const settings = await parts.settings.find(notification.recipient);
  const permission = permissionFor({ ...notification, ...template, settings, now });
  switch (permission.kind) {
    case 'allowed':
      return true;
    case 'suppressed':
    case 'expired':
      await drop(parts, notification, permission.kind, permission.reason);
      return false;
    case 'postponed':
      await drop(parts, notification, 'postponed', permission.reason, permission.until);
      return false;
  }
}

/** Leaves the lane without an attempt; the envelope is done. */
async function drop(
  parts: FlowParts,
  notification: Notification,
  cause: Cause,
  reason: string,
  until?: Date,
): Promise<void> {
  const { from, to } = transitions[cause];
  const waiting = until === undefined ? {} : { dueAt: until, wakeAt: until };
  const changed = await parts.notifications.changeStatus({
    id: notification.id,
    from,
    to,
    reason,
    at: parts.clock.now(),
    ...waiting,
  });
  const { id: notificationId, correlationId } = notification;
  if (changed) parts.reporter.report({ kind: 'status_changed', notificationId, correlationId, status: to, reason });
}

async function start(
  parts: FlowParts,
  notification: Notification,
  number: number,
  message: Message,
): Promise<Notification | undefined> {
  const startedAt = parts.clock.now();
  const leaseUntil = new Date(startedAt.getTime() + parts.policy.leaseMs);
  const started = await parts.notifications.startAttempt({
    id: notification.id,
    number,
    startedAt,
    leaseUntil,
    worker: parts.worker,
    onUnknown: message.template.onUnknown,
    text: message.text,
    templateVersion: message.template.version,
    wakeAt: new Date(leaseUntil.getTime() + parts.policy.graces.sendingMs),
  });
  const about = { notificationId: notification.id, correlationId: notification.correlationId, attempt: number };
  if (started === undefined)
    parts.reporter.report({ kind: 'dispatch_duplicate', ...about, status: notification.status });
  else parts.reporter.report({ kind: 'attempt_started', ...about, lane: notification.lane });
  return started;
}

function send(parts: FlowParts, notification: Notification, attempt: number, message: Message) {
  // permissionFor has suppressed everything without a phone.
  const phone = notification.recipient.phone ?? '';
  return parts.sender.send({
    notificationId: notification.id,
    attempt,
    phone,
    message,
    variables: notification.context,
  });
}
