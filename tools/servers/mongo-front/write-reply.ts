import { deserialize, type Document, serialize } from 'bson';
import { codeOfSqlState, unpackSqlState } from './sql-states.js';

/** Only a reply with these bytes needs to be taken apart. */
const WRITE_ERRORS = Buffer.from('writeErrors\0');

/** The engine's answer to insert, update or delete, with MongoDB's codes in `writeErrors`. */
export function writeReply(reply: Buffer): Uint8Array {
  if (!reply.includes(WRITE_ERRORS)) return reply;
  const document = deserialize(reply, { promoteValues: false });
  const { writeErrors } = document as { writeErrors?: Document[] };
  if (!Array.isArray(writeErrors)) return reply;
  return serialize({ ...document, writeErrors: writeErrors.map(withRealCode) });
}

/** The engine puts packed SQLSTATEs where MongoDB has its codes. */
function withRealCode(writeError: Document): Document {
  return { ...writeError, code: codeOfSqlState(unpackSqlState(Number(writeError['code']))) };
}
