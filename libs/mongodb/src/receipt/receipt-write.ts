import {
  type Receipt,
  type ReceiptStep,
  departedStatuses,
  failedReceipt,
  receiptKey,
  receiptSteps,
} from '@earlybird/core';
import { type mongo } from 'mongoose';
import { type ConditionalWrite } from '../notification/conditional-write.js';
import { literal, setWhere } from '../notification/expression.js';
import { type StoredNotification, type StoredReceipt } from '../notification/stored-notification.js';

/** Receipts kept per notification. A provider sends four; more are repetitions under new times, of which one of each status is kept. */
const longestReceiptList = 50;

/**
 * Adds the receipt to its notification and moves the status by `receiptSteps`, in one write that matches only where this
 * receipt is not yet on record. `read` implies delivered.
 */
export function receiptWrite(receipt: Receipt, by: 'message id' | 'reference'): ConditionalWrite<StoredNotification> {
  const key = receiptKey(receipt);
  const set = {
    receipts: receiptsAfter(receipt, key),
    ...(by === 'reference' ? idLearnt(receipt) : {}),
    ...statusAfter(receipt, receiptSteps[receipt.status]),
    updatedAt: literal(receipt.receivedAt),
  };
  return { filter: { ...match(receipt, by), 'receipts.key': { $ne: key } }, update: [{ $set: set }] };
}

/** Whose receipt this is: any attempt with its message id, or the attempt that the provider's echo names. */
export function match(receipt: Receipt, by: 'message id' | 'reference'): mongo.Filter<StoredNotification> {
  if (by === 'message id') return { 'attempts.providerMessageId': receipt.providerMessageId };
  return { _id: receipt.reference?.notificationId ?? '', 'attempts.number': receipt.reference?.attempt ?? 0 };
}

function receiptsAfter(receipt: Receipt, key: string): mongo.Document {
  const { providerMessageId: _, ...rest } = receipt;
  const stored: StoredReceipt = { key, ...rest };
  const fits = { $lt: [{ $size: '$receipts' }, longestReceiptList] };
  const isNew = { $not: [{ $in: [literal(receipt.status), '$receipts.status'] }] };
  return setWhere({ $or: [fits, isNew] }, '$receipts', { $concatArrays: ['$receipts', [literal(stored)]] });
}

/** The message id of a doubtful attempt: from now on its receipts are matched by it. */
function idLearnt({ providerMessageId, reference }: Receipt): mongo.Document {
  const learnt = { providerMessageId: { $ifNull: ['$$attempt.providerMessageId', literal(providerMessageId)] } };
  const is = { $eq: ['$$attempt.number', literal(reference?.attempt)] };
  return {
    attempts: {
      $map: {
        input: '$attempts',
        as: 'attempt',
        in: { $cond: [is, { $mergeObjects: ['$$attempt', learnt] }, '$$attempt'] },
      },
    },
    providerMessageId: { $ifNull: ['$providerMessageId', literal(providerMessageId)] },
  };
}

function statusAfter(receipt: Receipt, step: ReceiptStep | undefined): mongo.Document {
  if (step === undefined) return {};
  const failedOnRecord = { $in: ['failed', '$receipts.status'] };
  const { to, afterFailedReceipt = to } = step;
  const target = { $cond: [failedOnRecord, afterFailedReceipt, to] };
  const moves = { $and: [{ $in: ['$status', [...step.from]] }, { $ne: ['$status', target] }] };
  const kept = { $cond: [{ $in: ['$status', [...departedStatuses]] }, '$statusReason', '$$REMOVE'] };
  const reason = { $cond: [{ $eq: [target, 'failed'] }, literal(failedReceipt), kept] };
  return {
    status: setWhere(moves, '$status', target),
    statusReason: setWhere(moves, '$statusReason', reason),
    nextAttemptAt: setWhere(moves, '$nextAttemptAt', '$$REMOVE'),
    dueAt: setWhere(moves, '$dueAt', '$$REMOVE'),
    wakeAt: setWhere(moves, '$wakeAt', '$$REMOVE'),
    statusTimes: setWhere(moves, '$statusTimes', timesAfter(receipt, target)),
  };
}

/** By the provider's clock, and only where the status is reached for the first time. Who has read it has got it. */
function timesAfter({ at, status }: Receipt, target: mongo.Document): mongo.Document {
  if (status === 'read') return { $mergeObjects: [literal({ delivered: at, read: at }), '$statusTimes'] };
  const reached = { $arrayToObject: [[{ k: target, v: literal(at) }]] };
  return { $mergeObjects: [reached, '$statusTimes'] };
}
