import { AppError } from '@earlybird/core';
import mongoose from 'mongoose';

const { mongo } = mongoose;

/**
 * What servers say when waiting cures it: they are stopping, no longer primary, unreachable for each other, out of time or
 * of disk, or they lost a conflict with another writer too often.
 */
const passingCodes = new Set<unknown>([
  6, 7, 24, 50, 63, 64, 79, 89, 91, 100, 112, 133, 134, 150, 189, 202, 262, 358, 462, 9001, 10058, 10107, 11600, 11602,
  13388, 13435, 13436,
]);

/** OutOfDiskSpace: whatever writes is refused, also a single operation of many; reading goes on. */
const outOfDiskSpace = 14_031;
/** Under which MongoDB Atlas says many things, in words only. */
const atlas = 8_000;

/** What the driver throws on its own when it cannot reach a server or may not use it any more. */
const lossNames = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError',
  'WaitQueueTimeoutError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoServerClosedError',
  'MongoClientClosedError',
  'MongoExpiredSessionError',
  'MongoStalePrimaryError',
  'MongoOperationTimeoutError',
  'MongoWriteConcernError',
  'MongoUnexpectedServerResponseError',
]);

/** What the operating system says of a socket whose other end is gone; the driver lets some of it through as it is. */
const socketCodes = new Set<unknown>([
  'EPIPE',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/** What an operator can mend, in words. */
const meanings = new Map<unknown, string>([
  [13, 'the user may not do this: see its roles'],
  [18, 'user or password is wrong'],
  [atlas, 'user or password is wrong'],
]);

/**
 * Any error of a database step as ours: `database_unavailable` when waiting cures it, else `invariant_broken`. `step` names
 * what was tried, e.g. `startAttempt on notifications_log`. What MongoDB says of documents (a duplicate key, a field's
 * value) stays out of message and cause: it is personal data.
 */
export function toAppError(error: unknown, step: string): AppError {
  if (error instanceof AppError) return error;
  if (isLoss(error)) {
    const reason = error instanceof Error ? `: ${error.name}${reasonOf(error)}` : '';
    return new AppError('database_unavailable', `${step}${reason}`, { cause: withoutDocuments(error) });
  }
  return new AppError('invariant_broken', `${step}: ${nameOf(error)}`, { cause: withoutDocuments(error) });
}

/**
 * What befell one operation of a bulk write, as an error of ours: `database_unavailable` when waiting cures it, else
 * `invariant_broken`. `step` names what was tried.
 */
export function toOperationError(failure: unknown, step: string): AppError {
  const code = isFull(failure) || passingCodes.has(codeOf(failure)) ? 'database_unavailable' : 'invariant_broken';
  return new AppError(code, `${step}: ${isFull(failure) ? full : `code ${codeOf(failure) ?? 'unknown'}`}`);
}

/** True when the database refuses to write because it is full. The connection is as good as before. */
export function isFull(error: unknown): boolean {
  const code = codeOf(error);
  return code === outOfDiskSpace || (code === atlas && /space quota/i.test(textOf(error)));
}

const full = 'the database is full: see the disk of its server, or its quota';

/** E11000: a unique index has this key already. */
export const duplicateKey = 11_000;

/** True for E11000, of a command or of a single write. */
export function isDuplicateKey(error: unknown): boolean {
  return codeOf(error) === duplicateKey;
}

/** True when the error belongs to the whole command or connection, and waiting cures it. */
export function isLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isFull(error)) return !(error instanceof mongo.MongoBulkWriteError) || isLostBulk(error);
  if (error instanceof mongo.MongoBulkWriteError) return isLostBulk(error);
  if (lossNames.has(error.name) || error instanceof mongo.MongoNetworkError) return true;
  if (error instanceof mongo.MongoError && error.hasErrorLabel('RetryableWriteError')) return true;
  return passingCodes.has(codeOf(error)) || socketCodes.has(codeOf(error));
}

/** The driver wraps whatever befell a bulk write: single faults have `writeErrors`, a lost connection has no code at all. */
function isLostBulk(error: mongoose.mongo.MongoBulkWriteError): boolean {
  if (error.result.getWriteConcernError() !== undefined) return true;
  if (error.result.getWriteErrors().length > 0) return false;
  return error.code === undefined || isFull(error) || passingCodes.has(error.code);
}

/** The code by which a server or the operating system names an error. */
export function codeOf(error: unknown): string | number | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'number' || typeof error.code === 'string' ? error.code : undefined;
}

/** Of a command that failed, or of one operation of a bulk write. */
function textOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  const text = typeof error === 'object' && error !== null && 'errmsg' in error ? error.errmsg : undefined;
  return typeof text === 'string' ? text : '';
}

function nameOf(error: unknown): string {
  const code = codeOf(error);
  const name = error instanceof Error ? error.name : typeof error;
  const meaning = meanings.get(code);
  return [name, code, ...(meaning === undefined ? [] : [`(${meaning})`])]
    .filter((word) => word !== undefined)
    .join(' ');
}

/** Of a lost connection the driver tells host and port; of anything a server answered only the code is safe to repeat. */
function reasonOf(error: Error): string {
  const code = codeOf(error);
  if (isFull(error)) return ` ${code ?? ''} (${full})`;
  if (error instanceof mongo.MongoServerError) return code === undefined ? '' : ` ${code}`;
  return ` (${error.message})`;
}

function withoutDocuments(error: unknown): unknown {
  if (!(error instanceof mongo.MongoServerError) && !(error instanceof mongoose.Error)) return error;
  const safe = new Error(nameOf(error));
  safe.name = error.name;
  if (error.stack !== undefined) safe.stack = framesOf(error.stack);
  return safe;
}

function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .join('\n');
}
