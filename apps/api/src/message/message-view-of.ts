import { type Notification } from '@earlybird/core';
import { explanationOf } from './explanation.js';
import { type MessageView } from './message-view.js';

/** A notification in the user's field names. `text` stands in while it has not been rendered for an attempt yet. */
export function messageViewOf(notification: Notification, text?: string): MessageView {
  const { recipient, event, statusTimes, createdAt, providerMessageId } = notification;
  return {
    id: notification.id,
    phone: recipient.phone,
    message_type: notification.messageType,
    type: notification.messageType,
    status: notification.status,
    status_reason: notification.statusReason,
    explanation: explanationOf(notification.statusReason),
    message_text: notification.text ?? text,
    language: notification.language,
    category: notification.category,
    reference_id: notification.referenceId,
    user_id: recipient.userId,
    customer_name: recipient.name,
    event_type: event?.type,
    event_id: event?.id,
    correlation_id: notification.correlationId,
    myoperator_id: providerMessageId,
    myoperator_message_id: providerMessageId,
    attempt_count: notification.attempts.reduce((sum, { times = 1 }) => sum + times, 0),
    timestamp: (sentAt(notification) ?? createdAt).toISOString(),
    created_at: createdAt.toISOString(),
    updated_at: notification.updatedAt.toISOString(),
    sent_at: sentAt(notification)?.toISOString(),
    delivered_at: deliveredAt(notification)?.toISOString(),
    read_at: statusTimes.read?.toISOString(),
    failed_at: statusTimes.failed?.toISOString(),
    send_at: notification.dueAt?.toISOString(),
    valid_until: notification.validUntil.toISOString(),
    next_attempt_at: notification.nextAttemptAt?.toISOString(),
    resend_of: notification.resendOf,
    resent_as: notification.resentAs,
  };
}

/** A receipt may be faster than our own answer: then the message was sent by the time of the first that says so. */
function sentAt({ statusTimes }: Notification): Date | undefined {
  return statusTimes.sent ?? statusTimes.delivered ?? statusTimes.read;
}

/** Read implies delivered. */
function deliveredAt({ statusTimes }: Notification): Date | undefined {
  return statusTimes.delivered ?? statusTimes.read;
}
