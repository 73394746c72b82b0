import { LRUCache } from 'lru-cache';
import {
  type CapturedMessage,
  type CustomerReply,
  type MessageStatus,
  type ReceiptStatus,
  type SentReceipt,
} from './captured-message.js';

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
  /** How many of its messages are kept. */
  messages: number;
  last: CapturedMessage;
  /** When the customer last wrote; milliseconds of the epoch. */
  wroteAt: number;
}

/** Receipts and replies kept per message; a button pressed all day must not fill the memory. */
const marksKept = 50;

/** How long a business may answer freely after a message from the customer. */
const windowMs = 24 * 60 * 60 * 1_000;

/**
 * The captured messages, in memory: at most `kept` of them, the oldest are forgotten. The journal is the lasting record.
 * `onChange` is called with every message that came or changed.
 */
export class MessageStore {
  /** How many were captured since the last clearing, those already forgotten included. */
  total = 0;
  /** Never read by `get`, which would make an old message young: the order is that of arrival. */
  private readonly messages: LRUCache<string, CapturedMessage>;
  /** By recipient, the most recently written to last. */
  private readonly chats = new Map<string, Chat>();

  constructor(
    kept: number,
    private readonly onChange: (message: CapturedMessage) => void,
  ) {
    const dispose = (message: CapturedMessage) => this.leaveChat(message);
    this.messages = new LRUCache({ max: kept, dispose });
  }

  add(message: CapturedMessage): void {
    this.total += 1;
    this.joinChat(message);
    this.messages.set(message.id, message);
    this.onChange(message);
  }

  get(id: string): CapturedMessage | undefined {
    return this.messages.peek(id);
  }

  /** How many are kept now. */
  get size(): number {
    return this.messages.size;
  }

  /** The newest first. */
  list({ phone, reference, limit }: MessageFilter): readonly CapturedMessage[] {
    const wanted = (message: CapturedMessage) =>
      (phone === undefined || message.recipient === phone) &&
      (reference === undefined || message.reference === reference || message.notificationId === reference);
    const found: CapturedMessage[] = [];
    for (const message of this.messages.values()) {
      if (found.length === limit) break;
      if (wanted(message)) found.push(message);
    }
    return found;
  }

  /** Conversations, the one with the newest message first. */
  listChats(limit: number): readonly Chat[] {
    return [...this.chats.values()].slice(-limit).reverse();
  }

  /** Notes a receipt, and moves the ticks: they never go back, and a failure shows only before delivery. */
  addReceipt(message: CapturedMessage, receipt: SentReceipt): void {
    push(message.receipts, receipt);
    if (rank[receipt.status] > rank[message.status]) message.status = receipt.status;
    this.onChange(message);
  }

  addReply(message: CapturedMessage, reply: CustomerReply): void {
    push(message.replies, reply);
    const chat = this.chats.get(message.recipient);
    if (chat !== undefined) chat.wroteAt = Date.parse(reply.at);
    this.onChange(message);
  }

  /** Whether this customer wrote within the last 24 hours, as far as the kept messages tell: WhatsApp's window for free text. */
  wroteLately(phone: string): boolean {
    return (this.chats.get(phone)?.wroteAt ?? 0) > Date.now() - windowMs;
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

  private joinChat(message: CapturedMessage): void {
    const phone = message.recipient;
    const chat = this.chats.get(phone) ?? { phone, messages: 0, last: message, wroteAt: 0 };
    chat.messages += 1;
    chat.last = message;
    this.chats.delete(phone);
    this.chats.set(phone, chat);
  }

  private leaveChat({ recipient }: CapturedMessage): void {
    const chat = this.chats.get(recipient);
    if (chat === undefined) return;
    chat.messages -= 1;
    if (chat.messages === 0) this.chats.delete(recipient);
  }
}

const rank: Readonly<Record<MessageStatus | ReceiptStatus, number>> = {
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
