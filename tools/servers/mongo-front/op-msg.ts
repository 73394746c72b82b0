import { type Command } from './command.js';
import { elementsOf, stringOf } from './raw-document.js';

export const OP_MSG = 2013;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** Bits 0 to 15 must be understood; a set one that is not ends the connection. */
const REQUIRED_BITS = 0xffff;

/**
 * Reads the body of an OP_MSG: flags, one section of kind 0 (the command) and any number of kind 1 (document sequences).
 * @throws RangeError when it is malformed.
 */
export function readOpMsg(message: Buffer): Command {
  const flags = message.readUInt32LE(0);
  if ((flags & REQUIRED_BITS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0) throw new RangeError(`flags ${flags}`);
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  let body: Buffer | undefined;
  let sequence: Buffer | null = null;
  let at = 4;
  while (at < end) {
    const kind = message[at];
    const size = message.readInt32LE(at + 1);
    if (size < 5 || at + 1 + size > end) throw new RangeError('malformed section');
    const section = message.subarray(at + 1, at + 1 + size);
    if (kind === 0) body = section;
    else if (kind === 1) sequence = section.subarray(section.indexOf(0, 4) + 1);
    else throw new RangeError(`section of kind ${kind ?? 'none'}`);
    at += 1 + size;
  }
  if (body === undefined) throw new RangeError('no command');
  return commandOf(body, undefined, sequence, (flags & MORE_TO_COME) !== 0);
}

/** The command in a body; its database is in `$db` unless it is given. */
export function commandOf(
  body: Buffer,
  database: string | undefined,
  sequence: Buffer | null,
  unacknowledged: boolean,
): Command {
  const elements = elementsOf(body);
  const named = elements.find(({ name }) => name === '$db');
  return {
    name: elements[0]?.name ?? '',
    database: database ?? (named && stringOf(body, named)) ?? 'admin',
    body,
    elements,
    sequence,
    unacknowledged,
  };
}

/** An OP_MSG that answers `requestId` with one document. */
export function writeOpMsg(requestId: number, document: Uint8Array): Buffer {
  const reply = Buffer.allocUnsafe(21 + document.length);
  reply.writeInt32LE(reply.length, 0);
  reply.writeInt32LE(0, 4);
  reply.writeInt32LE(requestId, 8);
  reply.writeInt32LE(OP_MSG, 12);
  reply.writeUInt32LE(0, 16);
  reply.writeUInt8(0, 20);
  reply.set(document, 21);
  return reply;
}
