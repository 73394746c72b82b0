import { deserialize, serialize } from 'bson';
import { readOpMsg, writeOpMsg } from './op-msg.js';

const raw = (document: object): Buffer => Buffer.from(serialize(document));

function flags(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

const bodySection = (document: object): Buffer => Buffer.concat([Buffer.of(0), raw(document)]);

function sequenceSection(identifier: string, documents: readonly object[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${identifier}\0`), ...documents.map(raw)]);
  const size = Buffer.alloc(4);
  size.writeInt32LE(content.length + 4);
  return Buffer.concat([Buffer.of(1), size, content]);
}

describe('readOpMsg', () => {
  it('reads the command, its database and that an answer is wanted', () => {
    const command = readOpMsg(Buffer.concat([flags(0), bodySection({ find: 'c', $db: 'shop' })]));
    expect(command).toMatchObject({ name: 'find', database: 'shop', sequence: null, unacknowledged: false });
  });

  it('reads documents that travel beside the body, before it or behind it', () => {
    const documents = [{ _id: 1 }, { _id: 2 }];
    const body = bodySection({ insert: 'c', $db: 'shop' });
    const sequence = sequenceSection('documents', documents);
    for (const sections of [
      [body, sequence],
      [sequence, body],
    ]) {
      const command = readOpMsg(Buffer.concat([flags(0), ...sections]));
      expect(command.sequence).toEqual(Buffer.concat(documents.map(raw)));
      expect(command.name).toBe('insert');
    }
  });

  it('knows a command that wants no answer', () => {
    expect(readOpMsg(Buffer.concat([flags(2), bodySection({ insert: 'c' })])).unacknowledged).toBe(true);
  });

  it('passes over a checksum', () => {
    const message = Buffer.concat([flags(1), bodySection({ ping: 1 }), Buffer.from([1, 2, 3, 4])]);
    expect(readOpMsg(message).name).toBe('ping');
  });

  it('ignores an optional flag and refuses one that must be understood', () => {
    expect(readOpMsg(Buffer.concat([flags(1 << 16), bodySection({ ping: 1 })])).name).toBe('ping');
    expect(() => readOpMsg(Buffer.concat([flags(4), bodySection({ ping: 1 })]))).toThrow(RangeError);
  });

  it.each([
    ['no command', flags(0)],
    ['a section of an unknown kind', Buffer.concat([flags(0), Buffer.of(7), raw({})])],
    ['a section longer than the message', Buffer.concat([flags(0), Buffer.of(0, 99, 0, 0, 0), Buffer.alloc(5)])],
  ])('refuses %s', (_what, message) => {
    expect(() => readOpMsg(message)).toThrow(RangeError);
  });
});

describe('writeOpMsg', () => {
  it('answers the request it is for, with a length that is right', () => {
    const reply = writeOpMsg(42, raw({ ok: 1 }));
    expect([reply.readInt32LE(0), reply.readInt32LE(8), reply.readInt32LE(12)]).toEqual([reply.length, 42, 2013]);
    expect(deserialize(reply.subarray(21))).toEqual({ ok: 1 });
  });
});
