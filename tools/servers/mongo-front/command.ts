import { type RawElement } from './raw-document.js';

/** A command as a driver sent it, still in bytes. */
export interface Command {
  /** The name of its first element, as sent. */
  readonly name: string;
  readonly database: string;
  readonly body: Buffer;
  readonly elements: readonly RawElement[];
  /** Documents that travelled beside the body (`documents`, `updates`, `deletes`), concatenated; null when there are none. */
  readonly sequence: Buffer | null;
  /** The driver does not want an answer. */
  readonly unacknowledged: boolean;
}

/** What every command may carry for the server's own use and the engine does not know. */
export const DRIVER_FIELDS: ReadonlySet<string> = new Set([
  '$db',
  '$clusterTime',
  '$readPreference',
  'lsid',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'readConcern',
  'writeConcern',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
]);
