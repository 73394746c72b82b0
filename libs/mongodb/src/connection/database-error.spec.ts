import { AppError } from '@earlybird/core';
import mongoose from 'mongoose';
import { isDuplicateKey, isFull, toAppError, toOperationError } from './database-error.js';

const { mongo } = mongoose;
const phone = '+919876543210';
const serverError = (code: number, codeName = 'x') =>
  new mongo.MongoServerError({ message: `dup key: { phone: "${phone}" }`, code, codeName });

describe('an error of the database', () => {
  it.each<[string, unknown]>([
    ['a lost connection', new mongo.MongoNetworkError('connection 3 to 127.0.0.1:27017 closed')],
    ['a silent connection', new mongo.MongoNetworkTimeoutError('timed out')],
    ['no server', new mongo.MongoServerSelectionError('connect ECONNREFUSED', {} as never)],
    ['a closed client', new mongo.MongoClientClosedError()],
    ['a closed topology', new mongo.MongoTopologyClosedError('Topology is closed')],
    ['no longer primary', serverError(10_107)],
    ['interrupted at shutdown', serverError(11_600)],
    ['interrupted by an election', serverError(11_602)],
    ['stepped down', serverError(189)],
    ['stopping', serverError(91)],
    ['a write that no majority took in time', serverError(64)],
    ['a full disk', serverError(14_031)],
    ['a lost conflict', serverError(112)],
    ['a socket that the other end has closed', Object.assign(new Error('ended by the other party'), { code: 'EPIPE' })],
    ['what the server calls repeatable', labelled(serverError(999), 'RetryableWriteError')],
  ])('is an outage: %s', (_name, error) => {
    expect(toAppError(error, 'find in notifications_log')).toMatchObject({
      code: 'database_unavailable',
      cause: error instanceof mongo.MongoServerError ? (expect.anything() as unknown) : error,
    });
  });

  it.each<[string, unknown]>([
    ['a duplicate key', serverError(11_000)],
    ['a bad query', serverError(2)],
    ['wrong credentials', serverError(18)],
    ['a bug of ours', new TypeError('x is undefined')],
  ])('is no outage: %s', (_name, error) => {
    expect(toAppError(error, 'find in notifications_log').code).toBe('invariant_broken');
  });

  it('is an outage for one operation of many as for all: a full disk must not cost what was in hand', () => {
    const disk = { index: 3, code: 14_031, errmsg: `no space for ${phone}` };
    const quota = { index: 3, code: 8_000, errmsg: 'you are over your space quota, using 513 MB of 512 MB' };
    for (const failure of [disk, quota]) {
      const { code, message } = toOperationError(failure, 'msg_1 cannot finish attempt 1');
      expect(code).toBe('database_unavailable');
      expect(message).toBe(
        'msg_1 cannot finish attempt 1: the database is full: see the disk of its server, or its quota',
      );
      expect(isFull(failure)).toBe(true);
    }
    expect(toOperationError({ code: 112 }, 'x').code).toBe('database_unavailable');
    expect(toOperationError({ code: 121 }, 'x')).toMatchObject({ code: 'invariant_broken', message: 'x: code 121' });
    expect(toOperationError(undefined, 'x').message).toBe('x: code unknown');
  });

  it('says that the database is full, and not that the password is wrong', () => {
    const quota = new mongo.MongoServerError({ message: 'you are over your space quota', code: 8_000 });
    expect(toAppError(quota, 'create')).toMatchObject({
      code: 'database_unavailable',
      message: expect.stringContaining('the database is full') as unknown,
    });
    expect(toAppError(serverError(8_000), 'connect')).toMatchObject({
      code: 'invariant_broken',
      message: expect.stringContaining('password') as unknown,
    });
  });

  it('keeps what MongoDB says of documents out of message, cause and stack', () => {
    for (const code of [11_000, 91]) {
      const { message, cause } = toAppError(serverError(code), 'create on notifications_log');
      const all = `${message} ${String(cause)} ${(cause as Error).message} ${(cause as Error).stack}`;
      expect(all).not.toContain(phone);
      expect(message).toContain('create on notifications_log');
      expect(message).toContain(String(code));
    }
  });

  it('says what an operator can mend', () => {
    expect(toAppError(serverError(18), 'connect').message).toContain('user or password is wrong');
  });

  it('leaves ours as it is', () => {
    const ours = new AppError('stored_document_invalid', 'x');
    expect(toAppError(ours, 'find')).toBe(ours);
  });

  it('is a duplicate by its code alone', () => {
    expect(isDuplicateKey(serverError(11_000))).toBe(true);
    expect(isDuplicateKey(serverError(2))).toBe(false);
    expect(isDuplicateKey(undefined)).toBe(false);
  });
});

function labelled(error: mongoose.mongo.MongoServerError, label: string): mongoose.mongo.MongoServerError {
  error.addErrorLabel(label);
  return error;
}
