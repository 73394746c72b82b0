import { type CapturedMessage, type CustomerReply, type SentReceipt } from '../message/captured-message.js';

/** The two shapes in which MyOperator reports (provider.md): the user's three fields, or version 2. */
export type ReceiptShape = 'user' | 'v2';

/** What version 2 says about the account in every event. */
export interface ReportedAccount {
  readonly companyId: string;
  readonly phoneNumberId: string;
  /** Version 2 repeats the caller's `myop_ref_id`. Unproven in the field, hence a switch. */
  readonly echoReference: boolean;
}

/** The body of one receipt. The user's shape has no room for a reference, nor for an event id. */
export function receiptBody(
  shape: ReceiptShape,
  message: CapturedMessage,
  receipt: SentReceipt,
  account: ReportedAccount,
): unknown {
  const errors =
    receipt.errorCode === undefined ? [] : [{ code: asNumber(receipt.errorCode), title: 'Message undeliverable' }];
  if (shape === 'user') {
    return {
      message_id: message.id,
      status: receipt.status,
      timestamp: receipt.at,
      ...(errors.length > 0 && { errors }),
    };
  }
  return {
    ...head(message, receipt.eventId, `message.${receipt.status}`, receipt.at, account),
    event_sequence: message.receipts.indexOf(receipt) + 1,
    direction: 'outbound',
    payload: {
      id: message.id,
      status: receipt.status,
      data: errors.length > 0 ? { errors } : {},
      metadata: { waba_msg_id: `wamid.${message.id}` },
      conversation: { id: conversationOf(message) },
      phone_number_id: account.phoneNumberId,
      ...(account.echoReference && message.reference !== undefined && { myop_ref_id: message.reference }),
    },
  };
}

/** The body of what a customer wrote back; version 2, the only shape that knows inbound messages. */
export function replyBody(message: CapturedMessage, reply: CustomerReply, account: ReportedAccount): unknown {
  return {
    ...head(message, reply.id, 'message.received', reply.at, account),
    event_sequence: 1,
    direction: 'inbound',
    payload: {
      id: `${reply.id}-message`,
      status: 'received',
      data: { type: 'text', context: { body: reply.text } },
      metadata: { waba_msg_id: `wamid.${reply.id}` },
      conversation: { id: conversationOf(message) },
      phone_number_id: account.phoneNumberId,
    },
  };
}

function head(message: CapturedMessage, eventId: string, eventType: string, at: string, account: ReportedAccount) {
  return {
    event_id: eventId,
    company_id: account.companyId,
    event_type: eventType,
    event_version: 'v2',
    timestamp: withNanoseconds(at),
    channel: 'whatsapp',
    session_id: conversationOf(message),
    system_identifier: account.phoneNumberId,
    customer_identifier: message.recipient.slice(1),
  };
}

/** Version 2 has nine digits behind the second; the last six are real nowhere but in the format. */
const withNanoseconds = (iso: string) => iso.replace(/\.(\d{3})Z$/, '.$1000000Z');

const conversationOf = (message: CapturedMessage) => `conversation-${message.recipient.slice(1)}`;

const asNumber = (code: string) => (/^\d+$/.test(code) ? Number(code) : code);
