import { type IncomingMessage, type ServerResponse } from 'node:http';
import { errorAnswer, type ProviderError } from '../contract/error-answer.js';
import { jsonAnswer } from '../contract/provider-answer.js';
import { type SentMessage } from '../contract/sent-message.js';
import { type JsonObject, type WireContract } from '../contract/wire-contract.js';
import { type FaultPlan } from '../fault/fault-plan.js';
import { notificationOf, type RequestNames } from '../journal/journal-line.js';
import { type MessageStore } from '../message/message-store.js';
import { type ReceiptSender } from '../receipt/receipt-sender.js';
import { answerRequest } from './answer-request.js';
import { deliverMessage } from './deliver-message.js';
import { meetFault } from './meet-fault.js';
import { readJsonBody } from './read-body.js';
import { type LineSink, namesOf, RecordedRequest } from './recorded-request.js';
import { writeAnswer } from './write-answer.js';

/** What the provider's side works with. */
export interface ProviderParts {
  readonly plan: FaultPlan;
  readonly store: MessageStore;
  readonly receipts: ReceiptSender;
  readonly record: LineSink;
  /** Names this run of the simulator, so that ids of two runs never meet. */
  readonly run: string;
  /** The approved templates, as they are listed. */
  readonly templates: readonly string[];
}

/** One call on its way through the provider. */
interface Call {
  readonly contract: WireContract;
  readonly names: RequestNames;
  readonly recorded: RecordedRequest;
  readonly response: ServerResponse;
}

const unauthorized: ProviderError = { status: 401, code: '401', message: 'Unauthorized' };

/** MyOperator's side of a call: it records, checks, then meets a fault or delivers, and answers. */
export class Provider {
  private requests = 0;

  constructor(private readonly parts: ProviderParts) {}

  /** Takes one message. A caller who goes away before its body is whole has sent nothing, and leaves no line. */
  async takeMessage(contract: WireContract, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reading = await readJsonBody(request);
    if (reading.kind === 'gone') return;
    const body = reading.kind === 'json' ? reading.body : undefined;
    const call = this.open(contract, namesOf(request.headers, body), response);
    if (this.parts.plan.accountClosed(contract.name)) return refuse(call, unauthorized, 'account');
    const checked = body === undefined ? unreadable : check(contract, request, body);
    if (checked.kind === 'invalid') return refuse(call, checked.error);
    await this.handle(call, checked.message);
  }

  /** Lists the approved templates: what the chat contract is probed with. */
  listTemplates(contract: WireContract, request: IncomingMessage, response: ServerResponse): void {
    const closed = this.parts.plan.accountClosed(contract.name);
    const error = closed ? unauthorized : contract.rejectCredentials(request.headers, {});
    if (error !== undefined) return writeAnswer(response, errorAnswer(error, contract.codePlace));
    const results = this.parts.templates.map((name) => ({ name, status: 'APPROVED', language: 'en' }));
    const data = { results, total: results.length };
    writeAnswer(response, jsonAnswer(200, { status: 'success', code: '200', message: 'Templates', data }));
  }

  private open(contract: WireContract, names: RequestNames, response: ServerResponse): Call {
    this.requests += 1;
    const recorded = new RecordedRequest(`${this.parts.run}-${this.requests}`, contract.name, names, this.parts.record);
    response.once('close', () => recorded.end({ ending: 'given-up' }));
    return { contract, names, recorded, response };
  }

  private async handle(call: Call, message: SentMessage): Promise<void> {
    const { plan, store, receipts } = this.parts;
    const { contract, names, recorded, response } = call;
    const { fault, recipientTried } = plan.faultFor(message, notificationOf(names) ?? names.textHash ?? '');
    recorded.recipientTried = recipientTried;
    if (fault !== undefined) return meetFault({ ...call, message, store, receipts }, fault);
    const captured = deliverMessage(store, recorded, message, names);
    answerRequest(recorded, response, contract.accepted(captured.id));
    receipts.begin(captured, undefined);
  }
}

const unreadable = {
  kind: 'invalid',
  error: { status: 400, code: '100', message: 'the body must be a JSON object' },
} as const;

function check(contract: WireContract, request: IncomingMessage, body: JsonObject) {
  const error = contract.rejectCredentials(request.headers, body);
  return error === undefined ? contract.read(body) : ({ kind: 'invalid', error } as const);
}

function refuse({ contract, recorded, response }: Call, error: ProviderError, fault?: string): void {
  answerRequest(recorded, response, errorAnswer(error, contract.codePlace), fault);
}
