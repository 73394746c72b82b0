import { type HistoryFilter, type HistoryPage } from '@earlybird/core';
import { type QueryFilter } from 'mongoose';
import { type StoredNotification } from './stored-notification.js';

/** The conditions of a search but for its time. Only `$eq` and numbers of ours reach the database, whatever a client sent. */
export function conditionsOf(filter: HistoryFilter): QueryFilter<StoredNotification> {
  const { phone, userId, eventId, referenceId, correlationId, messageType, requestedBy, status } = filter;
  const equal = {
    'recipient.phone': phone,
    'recipient.userId': userId,
    'event.id': eventId,
    referenceId,
    correlationId,
    messageType,
    requestedBy,
    status: status === 'retried' ? undefined : status,
  };
  const given = Object.entries(equal).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(given.map(([field, value]) => [field, { $eq: value }])),
    // More than one attempt (data.md).
    ...(status === 'retried' ? { lastAttemptNumber: { $gte: 2 } } : {}),
  };
}

/** One stretch of `createdAt`, `from` inclusive and `to` exclusive; open where absent. */
export interface Stretch {
  readonly from?: Date;
  readonly to?: Date;
}

/** The conditions of a search within a stretch of time, after the page's cursor. */
export function within(
  conditions: QueryFilter<StoredNotification>,
  { from, to }: Stretch,
  after: HistoryPage['after'],
): QueryFilter<StoredNotification> {
  const createdAt = {
    ...(from === undefined ? {} : { $gte: from }),
    ...(to === undefined ? {} : { $lt: to }),
    // The bound that an index can use; what of it lies before the cursor is left out below.
    ...(after === undefined ? {} : { $lte: after.createdAt }),
  };
  return {
    ...conditions,
    ...(Object.keys(createdAt).length === 0 ? {} : { createdAt }),
    ...(after === undefined ? {} : { $or: [{ createdAt: { $lt: after.createdAt } }, { _id: { $lt: after.id } }] }),
  };
}
