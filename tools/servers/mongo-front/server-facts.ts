import { type Document } from 'bson';
import { LARGEST_MESSAGE_BYTES } from './frame-reader.js';

/** What the front says it is: the feature level that drivers adapt to. DocumentDB answers like MongoDB 7. */
const VERSION = '7.0.0';
const WIRE_VERSION = 21;

/** Documents are at most 16 MB, as in MongoDB. */
const LARGEST_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** The answer to a driver's greeting: a single server, neither replica set nor router, so no transactions and no retryable writes. */
export function helloReply(connectionId: number, now: Date): Document {
  return {
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    maxBsonObjectSize: LARGEST_DOCUMENT_BYTES,
    maxMessageSizeBytes: LARGEST_MESSAGE_BYTES,
    maxWriteBatchSize: 100_000,
    localTime: now,
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
    ok: 1,
  };
}

/** The answer to `buildInfo`. */
export function buildInfoReply(): Document {
  return {
    version: VERSION,
    gitVersion: 'DocumentDB on PostgreSQL behind a wire-protocol front',
    modules: [],
    sysInfo: 'deprecated',
    versionArray: VERSION.split('.').map(Number).concat(0),
    bits: 64,
    debug: false,
    maxBsonObjectSize: LARGEST_DOCUMENT_BYTES,
    storageEngines: ['documentdb'],
    ok: 1,
  };
}

/** The answer to `getParameter`, which tools use to learn the feature level. */
export function parametersReply(): Document {
  return { featureCompatibilityVersion: { version: VERSION.slice(0, 3) }, ok: 1 };
}

/** The answer to `serverStatus`, as far as there is something true to say. */
export function serverStatusReply(uptimeSeconds: number, now: Date): Document {
  return { host: 'localhost', version: VERSION, process: 'mongo-front', uptime: uptimeSeconds, localTime: now, ok: 1 };
}
