import { type Document } from 'bson';
import pg from 'pg';
import { codeOfSqlState, nameOfCode } from './sql-states.js';

/** A command that fails in MongoDB's own terms. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    readonly code: number,
    message: string,
    /** Further fields of the answer. */
    readonly details: Document = {},
  ) {
    super(message);
  }
}

/** The answer to a command that failed with `error`. */
export function failureReply(error: unknown): Document {
  const { code, message } = describe(error);
  const details = error instanceof CommandError ? error.details : {};
  return { ok: 0, errmsg: message, code, codeName: nameOfCode(code), ...details };
}

/** Code and text of anything thrown while a command ran. */
function describe(error: unknown): { readonly code: number; readonly message: string } {
  if (error instanceof CommandError) return { code: error.code, message: error.message };
  const sqlState = sqlStateOf(error);
  const message = error instanceof Error ? error.message : String(error);
  return { code: sqlState === undefined ? 1 : codeOfSqlState(sqlState), message };
}

/** The SQLSTATE of an error that PostgreSQL reported; undefined for everything else, such as a lost connection. */
export function sqlStateOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}
