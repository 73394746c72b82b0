import { deserialize, serialize } from 'bson';
import { readOpQuery, writeOpReply } from './op-query.js';

const query = (collection: string, document: object): Buffer =>
  Buffer.concat([Buffer.alloc(4), Buffer.from(`${collection}\0`), Buffer.alloc(8), Buffer.from(serialize(document))]);

describe('readOpQuery', () => {
  it('reads the greeting that drivers begin with', () => {
    expect(readOpQuery(query('admin.$cmd', { ismaster: 1, helloOk: true }))).toMatchObject({
      name: 'ismaster',
      database: 'admin',
      unacknowledged: false,
    });
  });

  it.each([Buffer.alloc(4), Buffer.from('\0\0\0\0admin.$cmd\0')])('refuses a message that was cut', (message) => {
    expect(() => readOpQuery(message)).toThrow(RangeError);
  });
});

describe('writeOpReply', () => {
  it('carries one document for the request', () => {
    const reply = writeOpReply(7, serialize({ ok: 1 }));
    expect([reply.readInt32LE(0), reply.readInt32LE(8), reply.readInt32LE(12)]).toEqual([reply.length, 7, 1]);
    expect(reply.readInt32LE(32)).toBe(1);
    expect(deserialize(reply.subarray(36))).toEqual({ ok: 1 });
  });
});
