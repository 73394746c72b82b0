import { deserialize, type Document, serialize } from 'bson';
import { duplicateKey, type FindIndex, indexByName } from './duplicate-key.js';
import { codeOfSqlState, unpackSqlState } from './sql-states.js';

/** Only a reply with these bytes needs to be taken apart. */
const WRITE_ERRORS = Buffer.from('writeErrors\0');

/** The engine's answer to insert, update or delete on `namespace`, with MongoDB's codes and words in `writeErrors`. */
export async function writeReply(reply: Buffer, namespace: string, findIndex: FindIndex): Promise<Uint8Array> {
  if (!reply.includes(WRITE_ERRORS)) return reply;
  const document = deserialize(reply, { promoteValues: false });
  const { writeErrors } = document as { writeErrors?: Document[] };
  if (!Array.isArray(writeErrors)) return reply;
  const translated = writeErrors.map((writeError) => translate(writeError, namespace, findIndex));
  return serialize({ ...document, writeErrors: await Promise.all(translated) });
}

/** The engine puts packed SQLSTATEs where MongoDB has its codes. */
async function translate(writeError: Document, namespace: string, findIndex: FindIndex): Promise<Document> {
  const code = codeOfSqlState(unpackSqlState(Number(writeError['code'])));
  if (code !== 11000) return { ...writeError, code };
  const { errmsg, details } = await duplicateKey(namespace, indexByName(String(writeError['errmsg'])), findIndex);
  return { ...writeError, code, errmsg, ...details };
}
