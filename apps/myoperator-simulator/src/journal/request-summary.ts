import { type ArrivalLine, type DeliveryLine, type EndLine, type JournalLine, notificationOf } from './journal-line.js';

/** How the requests of one recipient, or of one notification, stand. */
export interface RequestCount {
  arrived: number;
  delivered: number;
  open: number;
  lastAt: string;
}

/** Counts per recipient and per notification are kept for this many each; the oldest are forgotten, the journal has them all. */
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
  private readonly recipients = new Map<string, RequestCount>();
  private readonly notifications = new Map<string, RequestCount>();

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

  /** Begins to count anew. */
  clear(): void {
    Object.assign(this.total, { arrived: 0, delivered: 0, ended: 0 });
    for (const counts of [this.byAnswer, this.doubled, this.recipients, this.notifications]) counts.clear();
  }

  /** What an earlier run left open has died with it. */
  forgetOpen(): void {
    this.open.clear();
    for (const count of [...this.recipients.values(), ...this.notifications.values()]) count.open = 0;
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
    for (const count of this.countsOf(line)) {
      count.arrived += 1;
      count.open += 1;
    }
  }

  private addDelivery(line: DeliveryLine): void {
    this.total.delivered += 1;
    for (const count of this.countsOf(line)) count.delivered += 1;
    const name = notificationOf(line);
    if (name !== undefined && (this.notifications.get(name)?.delivered ?? 0) > 1) this.doubled.add(name);
  }

  private addEnd(line: EndLine): void {
    this.total.ended += 1;
    const answer = String(line.status ?? line.ending);
    this.byAnswer.set(answer, (this.byAnswer.get(answer) ?? 0) + 1);
    if (!this.open.delete(line.request)) return;
    for (const count of this.countsOf(line)) count.open -= 1;
  }

  private countsOf(line: JournalLine): readonly RequestCount[] {
    const [recipient, notification] = [line.recipient, notificationOf(line)];
    return [
      ...(recipient === undefined ? [] : [touch(this.recipients, recipient, line.at)]),
      ...(notification === undefined ? [] : [touch(this.notifications, notification, line.at)]),
    ];
  }
}

/** The count of `name`, moved to the end of the map, which is therefore ordered by the last line. */
function touch(counts: Map<string, RequestCount>, name: string, at: string): RequestCount {
  const count = counts.get(name) ?? { arrived: 0, delivered: 0, open: 0, lastAt: at };
  count.lastAt = at;
  counts.delete(name);
  counts.set(name, count);
  if (counts.size > countsKept) {
    const oldest = counts.keys().next();
    if (!oldest.done) counts.delete(oldest.value);
  }
  return count;
}

function newest(counts: Map<string, RequestCount>, limit: number, only?: string): Record<string, RequestCount> {
  if (only !== undefined) {
    const count = counts.get(only);
    return count === undefined ? {} : { [only]: count };
  }
  return Object.fromEntries([...counts].slice(-limit).reverse());
}
