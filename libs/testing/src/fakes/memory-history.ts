import type { HistoryFilter, HistoryPage, Notification, NotificationHistory } from '@earlybird/core';
import { type MemoryLog, turn } from './memory-log.js';

/** Questions about the notifications in memory. */
export class MemoryHistory implements NotificationHistory {
  constructor(private readonly log: MemoryLog) {}

  async search(filter: HistoryFilter, { limit, after, skip = 0 }: HistoryPage): Promise<readonly Notification[]> {
    await turn();
    const found = this.log.filter((notification) => matches(notification, filter));
    const newestFirst = found.sort((left, right) => compare(right, left));
    const rest =
      after === undefined ? newestFirst : newestFirst.filter((notification) => compare(notification, after) < 0);
    return rest.slice(skip, skip + limit);
  }
}

type Place = Pick<Notification, 'createdAt' | 'id'>;

function compare(left: Place, right: Place): number {
  const byTime = left.createdAt.getTime() - right.createdAt.getTime();
  if (byTime !== 0) return byTime;
  return left.id < right.id ? -1 : Number(left.id > right.id);
}

function matches(notification: Notification, filter: HistoryFilter): boolean {
  const { createdAt, recipient, event, status, lastAttemptNumber } = notification;
  const { phone, userId, eventId, from, to } = filter;
  const named = ['referenceId', 'correlationId', 'messageType', 'requestedBy'] as const;
  return (
    named.every((name) => filter[name] === undefined || filter[name] === notification[name]) &&
    (phone === undefined || phone === recipient.phone) &&
    (userId === undefined || userId === recipient.userId) &&
    (eventId === undefined || eventId === event?.id) &&
    (filter.status === undefined || (filter.status === 'retried' ? lastAttemptNumber > 1 : filter.status === status)) &&
    (from === undefined || createdAt >= from) &&
    (to === undefined || createdAt < to)
  );
}
