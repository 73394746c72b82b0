import { type ServerResponse } from 'node:http';
import { errorAnswer } from '../contract/error-answer.js';
import { jsonAnswer } from '../contract/provider-answer.js';
import { type SentMessage } from '../contract/sent-message.js';
import { type WireContract } from '../contract/wire-contract.js';
import { type MessageFault } from '../fault/fault.js';
import { type RequestNames } from '../journal/journal-line.js';
import { type CapturedMessage } from '../message/captured-message.js';
import { type MessageStore } from '../message/message-store.js';
import { type ReceiptSender } from '../receipt/receipt-sender.js';
import { answerRequest } from './answer-request.js';
import { deliverMessage } from './deliver-message.js';
import { type RecordedRequest } from './recorded-request.js';
import { elapsed, writeDictatedAnswer } from './write-answer.js';

/** One call that meets a fault, and what handling it takes. */
export interface FaultyCall {
  readonly contract: WireContract;
  readonly message: SentMessage;
  readonly names: RequestNames;
  readonly recorded: RecordedRequest;
  readonly response: ServerResponse;
  readonly store: MessageStore;
  readonly receipts: ReceiptSender;
}

/** How long an answer waits for the webhook to take the receipt that comes first; a webhook that is away must not hold it. */
const earlyReceiptWithinMs = 1_000;

/** Handles a well-formed and authenticated call as its fault has it. */
export async function meetFault(call: FaultyCall, fault: MessageFault): Promise<void> {
  const { contract, recorded, response, receipts } = call;
  switch (fault.fault) {
    case 'error': {
      const error = { status: fault.status, code: fault.code, message: `refused with ${fault.code}` };
      return answerRequest(recorded, response, errorAnswer(error, fault.place ?? contract.codePlace), fault.fault);
    }
    case 'throttle': {
      const headers: Record<string, string> = fault.retry_after === null ? {} : { 'retry-after': fault.retry_after };
      const error = { status: 429, code: '130429', message: 'Too many messages', headers };
      return answerRequest(recorded, response, errorAnswer(error, contract.codePlace), fault.fault);
    }
    case 'null-error':
      return answerRequest(recorded, response, jsonAnswer(500, { message: null }), fault.fault);
    case 'cut': {
      const captured = fault.delivers ? deliver(call) : undefined;
      recorded.end({ ending: 'cut', fault: fault.fault });
      response.socket?.resetAndDestroy();
      if (captured !== undefined) receipts.begin(captured, fault);
      return;
    }
    case 'slow': {
      const captured = deliver(call);
      receipts.begin(captured, fault);
      await elapsed(response, fault.delay_ms);
      return answerRequest(recorded, response, contract.accepted(captured.id), fault.fault);
    }
    case 'shuffled-receipts': {
      const captured = deliver(call);
      await Promise.race([receipts.sendNow(captured, 'delivered'), elapsed(response, earlyReceiptWithinMs)]);
      return accept(call, captured, fault);
    }
    case 'failed-receipt':
    case 'reply':
      return accept(call, deliver(call), fault);
    case 'window-closed':
      return meetClosedWindow(call, fault);
    case 'answer':
      return dictate(call, fault);
  }
}

const deliver = ({ store, recorded, message, names }: FaultyCall) => deliverMessage(store, recorded, message, names);

function accept(
  { contract, recorded, response, receipts }: FaultyCall,
  captured: CapturedMessage,
  fault: MessageFault,
): void {
  answerRequest(recorded, response, contract.accepted(captured.id), fault.fault);
  receipts.begin(captured, fault);
}

function meetClosedWindow(call: FaultyCall, fault: MessageFault): void {
  const { contract, message, recorded, response, store } = call;
  if (store.wroteLately(message.recipient)) return accept(call, deliver(call), fault);
  const error = {
    status: 400,
    code: '131047',
    message: 'More than 24 hours have passed since the customer last replied',
  };
  answerRequest(recorded, response, errorAnswer(error, contract.codePlace), fault.fault);
}

async function dictate(call: FaultyCall, fault: Extract<MessageFault, { fault: 'answer' }>): Promise<void> {
  const { recorded, response, receipts } = call;
  const captured = fault.delivers ? deliver(call) : undefined;
  const body = fault.body.replaceAll('{{message_id}}', captured?.id ?? '');
  recorded.end({ ending: 'answered', status: fault.status, fault: fault.fault });
  await writeDictatedAnswer(response, { ...fault, body });
  if (captured !== undefined) receipts.begin(captured, fault);
}
