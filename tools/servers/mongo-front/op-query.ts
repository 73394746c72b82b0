import { type Command } from './command.js';
import { commandOf } from './op-msg.js';

export const OP_QUERY = 2004;

const OP_REPLY = 1;

/**
 * Reads a command in the old form that drivers still greet a server with: flags, `database.$cmd`, skip, limit, document.
 * @throws RangeError when it is malformed.
 */
export function readOpQuery(message: Buffer): Command {
  const nameEnd = message.indexOf(0, 4);
  if (nameEnd < 0 || nameEnd + 13 > message.length) throw new RangeError('malformed OP_QUERY');
  const [database] = message.toString('utf8', 4, nameEnd).split('.');
  const at = nameEnd + 9;
  return commandOf(message.subarray(at, at + message.readInt32LE(at)), database, null, false);
}

/** An OP_REPLY that answers `requestId` with one document. */
export function writeOpReply(requestId: number, document: Uint8Array): Buffer {
  const reply = Buffer.alloc(36 + document.length);
  reply.writeInt32LE(reply.length, 0);
  reply.writeInt32LE(requestId, 8);
  reply.writeInt32LE(OP_REPLY, 12);
  // Response flags 8 (await capable), cursor id 0, starting from 0, one document.
  reply.writeInt32LE(8, 16);
  reply.writeInt32LE(1, 32);
  reply.set(document, 36);
  return reply;
}
