import { type CapturedMessage } from './captured-message.js';
import { type CustomerReply, type ReceiptStatus, type SentReceipt } from './captured-message.js';

/** Which messages are wanted. Fields that are absent do not filter. */
export interface MessageFilter {
  readonly phone?: string;
  /** `myop_ref_id`, or our notification's id. */
  readonly reference?: string;
  readonly limit: number;
}

/** A conversation in the list of chats. */
export interface Chat {
  readonly phone: string;
  readonly messages: number;
  readonly last: CapturedMessage;
}

/** Receipts and replies kept per message; a button pressed all day must not fill the memory. */
const marksKept = 50;

const windowMs = 24 * 60 * 60 * 1_000;

/**
 * The captured messages, in memory: at most `kept` of them, the oldest are forgotten. The journal is the lasting record.
 * `onChange` is called with every message that came or changed.
 */
export class MessageStore {
  /** How many were captured since the last clearing, those already forgotten included. */
  total = 0;
  private readonly messages = new Map<string, CapturedMessage>();
  /** By recipient, the most recently written to last; each by message id, because a map forgets its oldest entry at once. */
  private readonly chats = new Map<string, Map<string, CapturedMessage>>();

  constructor(
    private readonly kept: number,
    private readonly onChange: (message: CapturedMessage) => void,
  ) {}

  add(message: CapturedMessage): void {
    this.total += 1;
    this.messages.set(message.id, message);
    const chat = this.chats.get(message.recipient) ?? new Map<string, CapturedMessage>();
    chat.set(message.id, message);
    this.chats.delete(message.recipient);
    this.chats.set(message.recipient, chat);
    if (this.messages.size > this.kept) this.forgetOldest();
    this.onChange(message);
  }

  get(id: string): CapturedMessage | undefined {
    return this.messages.get(id);
  }

  /** How many are kept now. */
  get size(): number {
    return this.messages.size;
  }

  /** The newest first. */
  list({ phone, reference, limit }: MessageFilter): readonly CapturedMessage[] {
    const candidates = phone === undefined ? this.messages : this.chats.get(phone);
    const wanted = (message: CapturedMessage) =>
      reference === undefined || message.reference === reference || message.notificationId === reference;
    return [...(candidates?.values() ?? [])].filter(wanted).slice(-limit).reverse();
  }

  /** Conversations, the one with the newest message first. */
  listChats(limit: number): readonly Chat[] {
    return [...this.chats]
      .slice(-limit)
      .reverse()
      .flatMap(([phone, messages]) => {
        const last = [...messages.values()].at(-1);
        return last === undefined ? [] : [{ phone, messages: messages.size, last }];
      });
  }

  /** Notes a receipt, and moves the ticks: they never go back, and a failure shows only before delivery. */
  addReceipt(message: CapturedMessage, receipt: SentReceipt): void {
    push(message.receipts, receipt);
    if (rank[receipt.status] > rank[message.status]) message.status = receipt.status;
    this.onChange(message);
  }

  addReply(message: CapturedMessage, reply: CustomerReply): void {
    push(message.replies, reply);
    this.onChange(message);
  }

  /** Whether this customer wrote within the last 24 hours, as far as the kept messages tell: WhatsApp's window for free text. */
  wroteLately(phone: string): boolean {
    const since = Date.now() - windowMs;
    const messages = [...(this.chats.get(phone)?.values() ?? [])];
    return messages.some(({ replies }) => replies.some(({ at }) => Date.parse(at) > since));
  }

  /** Something inside a message changed: the fate of one of its receipts. */
  touch(message: CapturedMessage): void {
    this.onChange(message);
  }

  clear(): void {
    this.messages.clear();
    this.chats.clear();
    this.total = 0;
  }

  private forgetOldest(): void {
    const oldest = this.messages.values().next();
    if (oldest.done) return;
    const { id, recipient } = oldest.value;
    this.messages.delete(id);
    const chat = this.chats.get(recipient);
    chat?.delete(id);
    if (chat?.size === 0) this.chats.delete(recipient);
  }
}

const rank: Readonly<Record<CapturedMessage['status'] | ReceiptStatus, number>> = {
  accepted: 0,
  sent: 1,
  failed: 2,
  delivered: 3,
  read: 4,
};

function push<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > marksKept) list.shift();
}
