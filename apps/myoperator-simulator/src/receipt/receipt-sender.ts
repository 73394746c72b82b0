import { type MessageFault } from '../fault/fault.js';
import {
  type CapturedMessage,
  type CustomerReply,
  type Handover,
  type ReceiptStatus,
  type SentReceipt,
} from '../message/captured-message.js';
import { type MessageStore } from '../message/message-store.js';
import { receiptBody, replyBody, type ReceiptShape, type ReportedAccount } from './receipt-body.js';
import { receiptPlan, type ReceiptStep } from './receipt-plan.js';
import { Waits } from './waits.js';
import { type WebhookAnswer } from './webhook.js';

/** How receipts look, and when they come. */
export interface ReceiptSettings {
  /** `contract`: the user's shape for messages of the `whatsapp` contract, version 2 for those of `chat`. */
  readonly shape: ReceiptShape | 'contract';
  /** See `receiptPlan`. */
  readonly delaysMs: readonly number[];
  readonly account: ReportedAccount;
}

/** Takes a body and says how that went. */
export interface Postbox {
  readonly post: (body: unknown) => Promise<WebhookAnswer>;
}

/** The first wait between two tries; it doubles. */
const firstBackOffMs = 250;
/** Short enough that receipts follow soon after the webhook is back, long enough that thousands that wait cost nothing. */
const longestBackOffMs = 10_000;
/** A receipt older than this is given up: an hour covers every outage that a trial or a fault run makes. */
const giveUpAfterMs = 3_600_000;
/** Messages whose receipts are still to come; beyond it a message gets none, so that a webhook that is away for long costs bounded memory. */
const underWayAtMost = 100_000;

/**
 * Reports about messages, in order and at least once: the next receipt of a message waits until the one before was taken, refused
 * or given up. A webhook that answers 5xx, 408 or 429 or cannot be reached is tried again with growing waits; any other answer is
 * final.
 */
export class ReceiptSender {
  private readonly waits = new Waits();
  private underWay = 0;
  private sequence = 0;

  constructor(
    private readonly store: MessageStore,
    private readonly postbox: Postbox | undefined,
    private readonly settings: ReceiptSettings,
    private readonly run: string,
  ) {}

  /** Messages whose receipts are still to come. */
  get pending(): number {
    return this.underWay;
  }

  /** Reports about a message that has just been accepted, as its fault has it. Does not wait for anything. */
  begin(message: CapturedMessage, fault: MessageFault | undefined): void {
    const steps = receiptPlan(this.settings.delaysMs, fault);
    if (steps.length === 0 || this.underWay >= underWayAtMost) return;
    this.underWay += 1;
    void this.follow(message, steps).finally(() => (this.underWay -= 1));
  }

  /** Sends one receipt now, out of turn. Resolves when its fate is known. */
  async sendNow(message: CapturedMessage, status: ReceiptStatus, errorCode?: string): Promise<SentReceipt> {
    const receipt = this.newReceipt(status, errorCode);
    await this.send(message, receipt, 1);
    return receipt;
  }

  /** The customer writes back. Resolves when the webhook's answer is known. */
  async reply(message: CapturedMessage, text: string): Promise<CustomerReply> {
    const reply: CustomerReply = { id: this.newId('reply'), text, at: new Date().toISOString(), handover: 'waiting' };
    this.store.addReply(message, reply);
    const body = replyBody(message, reply, this.settings.account);
    reply.handover = await this.handOver(body, () => undefined);
    this.store.touch(message);
    return reply;
  }

  /** Forgets every receipt that is still to come. */
  cancel(): void {
    this.waits.breakOff();
  }

  private async follow(message: CapturedMessage, steps: readonly ReceiptStep[]): Promise<void> {
    const acceptedAt = Date.parse(message.receivedAt);
    for (const step of steps) {
      const remainingMs = acceptedAt + step.afterMs - Date.now();
      if (remainingMs > 0 && !(await this.waits.wait(remainingMs))) return;
      if (step.kind === 'reply') await this.reply(message, step.text);
      else await this.send(message, this.newReceipt(step.status, step.errorCode), step.times);
    }
  }

  private async send(message: CapturedMessage, receipt: SentReceipt, times: number): Promise<void> {
    this.store.addReceipt(message, receipt);
    const shape = this.shapeFor(message);
    const body = receiptBody(shape, message, receipt, this.settings.account);
    for (let time = 0; time < times; time += 1) {
      receipt.handover = await this.handOver(body, (answer) => {
        receipt.tries += 1;
        if ('status' in answer) receipt.httpStatus = answer.status;
      });
    }
    this.store.touch(message);
  }

  private async handOver(body: unknown, onAnswer: (answer: WebhookAnswer) => void): Promise<Handover> {
    if (this.postbox === undefined) return 'nowhere';
    const giveUpAt = Date.now() + giveUpAfterMs;
    for (let backOffMs = firstBackOffMs; ; backOffMs = Math.min(backOffMs * 2, longestBackOffMs)) {
      const answer = await this.postbox.post(body);
      onAnswer(answer);
      if ('status' in answer && isFinal(answer.status)) return answer.status < 300 ? 'taken' : 'refused';
      if (Date.now() + backOffMs > giveUpAt || !(await this.waits.wait(backOffMs))) return 'given-up';
    }
  }

  private shapeFor(message: CapturedMessage): ReceiptShape {
    if (this.settings.shape !== 'contract') return this.settings.shape;
    return message.contract === 'whatsapp' ? 'user' : 'v2';
  }

  private newReceipt(status: ReceiptStatus, errorCode: string | undefined): SentReceipt {
    const at = new Date().toISOString();
    return {
      eventId: this.newId('event'),
      status,
      at,
      ...(errorCode !== undefined && { errorCode }),
      handover: 'waiting',
      tries: 0,
    };
  }

  private newId(kind: string): string {
    this.sequence += 1;
    return `${kind}-${this.run}-${this.sequence}`;
  }
}

const isFinal = (status: number) => status < 500 && status !== 408 && status !== 429;
