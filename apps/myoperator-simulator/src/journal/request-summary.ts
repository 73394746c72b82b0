import { LRUCache } from 'lru-cache';
import {
  type ArrivalLine,
  type DeliveryLine,
  type EndLine,
  type JournalLine,
  notificationOf,
  type RequestNames,
} from './journal-line.js';

/** How the requests of one recipient, or of one notification, stand. */
export interface RequestCount {
  arrived: number;
  delivered: number;
  open: number;
  lastAt: string;
}

/**
 * Counts per recipient and per notification are kept for this many each, twice the largest backlog of a benchmark; the oldest are
 * forgotten, the journal has them all.
 */
const countsKept = 200_000;

/**
 * The journal counted: in all, by recipient, by notification, by status, and what is open now. Fed with the lines of earlier
 * runs at the start and with every new line, so that it always says what the file says.
 */
export class RequestSummary {
  readonly total = { arrived: 0, delivered: 0, ended: 0 };
  /** Ended requests by HTTP status, or by `cut` and `given-up`. */
  readonly byAnswer = new Map<string, number>();
  /** Arrived and not ended, of this run. */
  readonly open = new Map<string, ArrivalLine>();
  /** Notifications that their customer has more than once. */
  readonly doubled = new Set<string>();
  private readonly recipients = new LRUCache<string, RequestCount>({ max: countsKept });
  private readonly notifications = new LRUCache<string, RequestCount>({ max: countsKept });

  /** Takes one line into account. */
  add(line: JournalLine): void {
    switch (line.kind) {
      case 'arrival':
        return this.addArrival(line);
      case 'delivery':
        return this.addDelivery(line);
      case 'end':
        return this.addEnd(line);
    }
  }

  /** Begins to count anew. What is open stays open. */
  clear(): void {
    Object.assign(this.total, { arrived: 0, delivered: 0, ended: 0 });
    for (const counts of [this.byAnswer, this.doubled, this.recipients, this.notifications]) counts.clear();
  }

  /** What an earlier run left open has died with it. */
  forgetOpen(): void {
    this.open.clear();
    for (const counts of [this.recipients, this.notifications]) for (const count of counts.values()) count.open = 0;
  }

  /** Counts by recipient (E.164), the most recent first, at most `limit`; or the one asked for. */
  byRecipient(limit: number, recipient?: string): Record<string, RequestCount> {
    return newest(this.recipients, limit, recipient);
  }

  /** Counts by notification: see `notificationOf`. As `byRecipient`. */
  byNotification(limit: number, notification?: string): Record<string, RequestCount> {
    return newest(this.notifications, limit, notification);
  }

  private addArrival(line: ArrivalLine): void {
    this.total.arrived += 1;
    this.open.set(line.request, line);
    this.count(line, (count) => {
      count.arrived += 1;
      count.open += 1;
      count.lastAt = line.at;
    });
  }

  private addDelivery(line: DeliveryLine): void {
    this.total.delivered += 1;
    this.count(line, (count) => (count.delivered += 1));
    const name = notificationOf(line);
    if (name !== undefined && (this.notifications.peek(name)?.delivered ?? 0) > 1) this.doubled.add(name);
  }

  private addEnd(line: EndLine): void {
    this.total.ended += 1;
    const answer = String(line.status ?? line.ending);
    this.byAnswer.set(answer, (this.byAnswer.get(answer) ?? 0) + 1);
    if (!this.open.delete(line.request)) return;
    // Counts that were cleared while the request was open know nothing of it.
    this.count(line, (count) => (count.open = Math.max(count.open - 1, 0)));
  }

  private count(line: RequestNames & { readonly at: string }, change: (count: RequestCount) => void): void {
    const notification = notificationOf(line);
    if (line.recipient !== undefined) change(countOf(this.recipients, line.recipient, line.at));
    if (notification !== undefined) change(countOf(this.notifications, notification, line.at));
  }
}

type Counts = LRUCache<string, RequestCount>;

function countOf(counts: Counts, name: string, at: string): RequestCount {
  const known = counts.get(name);
  if (known !== undefined) return known;
  const count = { arrived: 0, delivered: 0, open: 0, lastAt: at };
  counts.set(name, count);
  return count;
}

function newest(counts: Counts, limit: number, only?: string): Record<string, RequestCount> {
  if (only !== undefined) {
    const count = counts.peek(only);
    return count === undefined ? {} : { [only]: count };
  }
  const found: Record<string, RequestCount> = {};
  let left = limit;
  for (const [name, count] of counts.entries()) {
    if (left-- <= 0) break;
    found[name] = count;
  }
  return found;
}
