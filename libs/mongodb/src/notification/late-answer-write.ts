import { transitions } from '@earlybird/core';
import { type ConditionalWrite } from './conditional-write.js';
import { literal, setWhere } from './expression.js';
import { type StoredNotification } from './stored-notification.js';

/**
 * An acceptance for an attempt that was closed as `unknown` meanwhile: the attempt becomes accepted with its id, and a
 * notification that waits because of it becomes `sent`. Repeating it with the same id changes nothing and matches again.
 */
export function lateAnswerWrite(
  id: string,
  number: number,
  providerMessageId: string,
  at: Date,
): ConditionalWrite<StoredNotification> {
  const { from, to } = transitions.accepted_late;
  const applies = { $in: ['$status', [...from]] };
  return {
    filter: {
      _id: id,
      attempts: {
        $elemMatch: { number, $or: [{ outcome: 'unknown' }, { outcome: 'accepted', providerMessageId }] },
      },
    },
    update: [
      {
        $set: {
          attempts: {
            $map: {
              input: '$attempts',
              as: 'attempt',
              in: {
                $cond: [{ $eq: ['$$attempt.number', number] }, accepted(providerMessageId, at), '$$attempt'],
              },
            },
          },
          providerMessageId: { $ifNull: ['$providerMessageId', literal(providerMessageId)] },
          status: setWhere(applies, '$status', literal(to)),
          statusReason: setWhere(applies, '$statusReason', '$$REMOVE'),
          nextAttemptAt: setWhere(applies, '$nextAttemptAt', '$$REMOVE'),
          dueAt: setWhere(applies, '$dueAt', '$$REMOVE'),
          wakeAt: setWhere(applies, '$wakeAt', '$$REMOVE'),
          statusTimes: setWhere(applies, '$statusTimes', {
            $mergeObjects: [literal({ [to]: at }), '$statusTimes'],
          }),
          updatedAt: literal(at),
        },
      },
    ],
  };
}

/** What made it doubtful goes; how long the answer really took comes. */
function accepted(providerMessageId: string, at: Date) {
  const doubts = ['reason', 'errorCode', 'httpStatus', 'detail'];
  const fields = { $objectToArray: '$$attempt' };
  const kept = { $filter: { input: fields, as: 'field', cond: { $not: [{ $in: ['$$field.k', doubts] }] } } };
  return {
    $mergeObjects: [
      { $arrayToObject: kept },
      literal({ outcome: 'accepted', counted: true, providerMessageId, finishedAt: at }),
      { durationMs: { $subtract: [literal(at), '$$attempt.startedAt'] } },
    ],
  };
}
