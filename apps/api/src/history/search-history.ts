import { type DeliveryStatus, deliveryStatuses, type HistoryFilter, type NotificationHistory } from '@earlybird/core';
import { messageViewOf } from '../message/message-view-of.js';
import { cursorOf, placeOf } from './cursor.js';
import { type HistoryPageView } from './history-page.js';
import { defaultLimit, type HistoryQuery } from './history.query.js';

const dayMs = 86_400_000;

/** What a search goes by beside its filters. */
export interface SearchContext {
  readonly now: Date;
  /** Only what this client asked for itself. */
  readonly requestedBy?: string;
  /** Only what was created so many hours ago, that is before `moment`. */
  readonly olderThan?: { readonly hours: number; readonly moment: Date };
}

/** Answers a search with one page and, where there is more, the cursor of the next. */
export async function searchHistory(
  history: NotificationHistory,
  { limit = defaultLimit, skip, cursor, ...filters }: Omit<HistoryQuery, 'issues'>,
  about: SearchContext,
): Promise<HistoryPageView> {
  // A moment that moves with the clock is no part of the query: its width is.
  const query = { ...filters, requestedBy: about.requestedBy, olderThanHours: about.olderThan?.hours };
  const place = cursor === undefined ? undefined : placeOf(cursor, query);
  // One more than asked for tells whether there is another page.
  const found = await history.search(filterOf(filters, about), {
    limit: limit + 1,
    ...(place === undefined ? {} : { after: place }),
    ...(skip === undefined ? {} : { skip }),
  });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const next = found.length > limit && last !== undefined ? cursorOf(last, query) : undefined;
  return { messages: page.map((notification) => messageViewOf(notification)), count: page.length, limit, skip, next };
}

function filterOf(
  {
    phone,
    user_id,
    reference_id,
    correlation_id,
    event_id,
    message_type,
    status,
    days,
    from,
    to,
  }: Omit<HistoryQuery, 'issues' | 'limit' | 'skip' | 'cursor'>,
  { now, requestedBy, olderThan }: SearchContext,
): HistoryFilter {
  const since = days === undefined ? from : new Date(now.getTime() - days * dayMs);
  const until = to ?? olderThan?.moment;
  const known = status === undefined ? undefined : statusOf(status);
  return {
    ...(phone === undefined ? {} : { phone }),
    ...(user_id === undefined ? {} : { userId: user_id }),
    ...(reference_id === undefined ? {} : { referenceId: reference_id }),
    ...(correlation_id === undefined ? {} : { correlationId: correlation_id }),
    ...(event_id === undefined ? {} : { eventId: event_id }),
    ...(message_type === undefined ? {} : { messageType: message_type }),
    ...(known === undefined ? {} : { status: known }),
    ...(requestedBy === undefined ? {} : { requestedBy }),
    ...(since === undefined ? {} : { from: since }),
    ...(until === undefined ? {} : { to: until }),
  };
}

function statusOf(text: string): DeliveryStatus | 'retried' | undefined {
  return text === 'retried' ? text : deliveryStatuses.find((status) => status === text);
}
