import { type SentMessage } from '../contract/sent-message.js';
import { type RequestNames } from '../journal/journal-line.js';
import { type CapturedMessage } from '../message/captured-message.js';
import { type MessageStore } from '../message/message-store.js';
import { type RecordedRequest } from './recorded-request.js';

/** The customer gets the message: first the journal says so, then it can be seen. */
export function deliverMessage(
  store: MessageStore,
  recorded: RecordedRequest,
  message: SentMessage,
  { notificationId, attempt }: RequestNames,
): CapturedMessage {
  const captured: CapturedMessage = {
    ...message,
    id: `msg-${recorded.id}`,
    request: recorded.id,
    receivedAt: new Date().toISOString(),
    ...(notificationId !== undefined && { notificationId }),
    ...(attempt !== undefined && { attempt }),
    status: 'accepted',
    receipts: [],
    replies: [],
  };
  recorded.deliver(captured.id);
  store.add(captured);
  return captured;
}
