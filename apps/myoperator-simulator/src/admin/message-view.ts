import { type CapturedMessage } from '../message/captured-message.js';
import { type Chat } from '../message/message-store.js';

/** A message as `GET /messages` shows it. Absent fields are absent. */
export function messageView(message: CapturedMessage) {
  return {
    id: message.id,
    contract: message.contract,
    recipient: message.recipient,
    text: message.text,
    template: message.template,
    reference: message.reference,
    notification_id: message.notificationId,
    attempt: message.attempt,
    status: message.status,
    received_at: message.receivedAt,
    request: message.request,
    receipts: message.receipts.map((receipt) => ({
      event_id: receipt.eventId,
      status: receipt.status,
      at: receipt.at,
      error_code: receipt.errorCode,
      handover: receipt.handover,
      tries: receipt.tries,
      http_status: receipt.httpStatus,
    })),
    replies: message.replies.map(({ text, at, handover }) => ({ text, at, handover })),
  };
}

/** A conversation as `GET /chats` shows it. */
export function chatView({ phone, messages, last }: Chat) {
  return { phone, messages, last: messageView(last) };
}
