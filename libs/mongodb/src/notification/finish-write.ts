import { type Attempt, type AttemptFinish, transitions } from '@earlybird/core';
import { type mongo } from 'mongoose';
import { type ConditionalWrite } from './conditional-write.js';
import { literal, presentOr, setWhere } from './expression.js';
import { type StoredNotification } from './stored-notification.js';

/**
 * Entries of one notification beyond which its oldest uncounted attempt is dropped. Equal ones are merged already, so this
 * takes days of changing troubles; counted ones are never dropped, they are what `maxAttempts` counts.
 */
const longestAttemptList = 100;

/**
 * Closes an open attempt. Status, reason and dates are set only while the notification is still `sending`: a receipt may
 * have been faster. `token` tells the winner afterwards.
 */
export function finishWrite(finish: AttemptFinish, token: string): ConditionalWrite<StoredNotification> {
  const { id, number, result, status, statusReason, nextAttemptAt, dueAt, wakeAt } = finish;
  const isSending = { $eq: ['$status', transitions.attempt_started.to] };
  return {
    filter: { _id: id, attempts: { $elemMatch: { number, finishedAt: { $exists: false } } } },
    update: [
      {
        $set: {
          attempts: attemptsAfter(finish, token),
          status: setWhere(isSending, '$status', literal(status)),
          statusReason: setWhere(isSending, '$statusReason', presentOr(statusReason, '$$REMOVE')),
          nextAttemptAt: setWhere(isSending, '$nextAttemptAt', presentOr(nextAttemptAt, '$$REMOVE')),
          dueAt: setWhere(isSending, '$dueAt', presentOr(dueAt, '$$REMOVE')),
          wakeAt: setWhere(isSending, '$wakeAt', presentOr(wakeAt, '$$REMOVE')),
          statusTimes: setWhere(isSending, '$statusTimes', {
            $mergeObjects: [literal({ [status]: result.finishedAt }), '$statusTimes'],
          }),
          updatedAt: literal(result.finishedAt),
          ...(result.providerMessageId === undefined ? {} : { providerMessageId: literal(result.providerMessageId) }),
        },
      },
    ],
  };
}

/** The same outcome, for the case that the provider gave a message id which another notification has already. */
export function withoutMessageId(finish: AttemptFinish): AttemptFinish {
  const { providerMessageId: _, ...result } = finish.result;
  return { ...finish, result: { ...result, detail: 'the message id belongs to another notification already' } };
}

function attemptsAfter({ number, result, mergeInto }: AttemptFinish, token: string): mongo.Document {
  const closed = bounded(result, changed('$attempts', number, literal({ ...result, token })));
  if (mergeInto === undefined) return closed;
  const others = { $filter: { input: '$attempts', as: 'attempt', cond: { $ne: ['$$attempt.number', number] } } };
  const merged = changed(others, mergeInto, {
    ...literalFields({ finishedAt: result.finishedAt, token }),
    times: { $add: [{ $ifNull: ['$$attempt.times', 1] }, 1] },
  });
  return { $cond: [{ $in: [mergeInto, '$attempts.number'] }, merged, closed] };
}

/** The list with `fields` laid over the attempt of that number. */
function changed(list: unknown, number: number, fields: mongo.Document): mongo.Document {
  const is = { $eq: ['$$attempt.number', number] };
  return {
    $map: {
      input: list,
      as: 'attempt',
      in: { $cond: [is, { $mergeObjects: ['$$attempt', fields] }, '$$attempt'] },
    },
  };
}

function bounded({ counted }: Pick<Attempt, 'counted'>, list: mongo.Document): mongo.Document {
  if (counted === true) return list;
  const uncounted = { $filter: { input: '$$list', as: 'attempt', cond: { $eq: ['$$attempt.counted', false] } } };
  const oldest = { $min: { $map: { input: uncounted, as: 'attempt', in: '$$attempt.number' } } };
  const kept = { $filter: { input: '$$list', as: 'attempt', cond: { $ne: ['$$attempt.number', '$$oldest'] } } };
  const shortened = { $let: { vars: { oldest }, in: kept } };
  const tooLong = { $gt: [{ $size: '$$list' }, longestAttemptList] };
  return { $let: { vars: { list }, in: { $cond: [tooLong, shortened, '$$list'] } } };
}

function literalFields(fields: Readonly<Record<string, unknown>>): mongo.Document {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, literal(value)]));
}
