import { causeOf, dismissed, type Failure, type FailureLog, type FailureQuery } from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { type StoredNotification } from './stored-notification.js';

/** What is read of a notification: of the attempts the last one is enough to tell the cause. */
type Excerpt = Pick<
  StoredNotification,
  | '_id'
  | 'status'
  | 'statusReason'
  | 'messageType'
  | 'createdAt'
  | 'recipient'
  | 'referenceId'
  | 'attempts'
  | 'receipts'
>;

/** The failed and doubtful notifications of `notifications_log`. */
export class MongoFailureLog implements FailureLog {
  constructor(private readonly connection: MongoConnection) {}

  find({ from, to, settled, most }: FailureQuery): Promise<readonly Failure[]> {
    const $match = {
      status: { $in: ['failed', 'unknown'] },
      createdAt: { $gte: from, $lt: to },
      ...(settled === 'open' ? { resolved: { $exists: false } } : { 'resolved.how': dismissed }),
    };
    return this.connection.run(`find failures in ${collectionNames.notifications}`, async () => {
      const excerpts = this.log.aggregate<Excerpt>(
        [{ $match }, { $sort: { createdAt: -1, _id: -1 } }, { $limit: most }, { $project: excerpt }],
        { batchSize: documentsPerBatch },
      );
      const failures: Failure[] = [];
      // Batch by batch, so that other requests get their turn between them.
      for await (const one of excerpts) failures.push(failureOf(one));
      return failures;
    });
  }

  private get log(): mongo.Collection<StoredNotification> {
    return this.connection.collection(collectionNames.notifications);
  }
}

/** A few hundred kilobytes. */
const documentsPerBatch = 1_000;

const excerpt = {
  status: 1,
  statusReason: 1,
  messageType: 1,
  createdAt: 1,
  'recipient.phone': 1,
  referenceId: 1,
  attempts: { $slice: ['$attempts', -1] },
  receipts: 1,
} as const;

function failureOf(stored: Excerpt): Failure {
  const { _id: id, status, messageType, createdAt, recipient, referenceId, attempts } = stored;
  const detail = attempts.at(-1)?.detail;
  return {
    id,
    status: status === 'unknown' ? status : 'failed',
    messageType,
    cause: causeOf(stored),
    createdAt,
    ...(recipient.phone === undefined ? {} : { phone: recipient.phone }),
    ...(referenceId === undefined ? {} : { referenceId }),
    ...(detail === undefined ? {} : { detail }),
  };
}
