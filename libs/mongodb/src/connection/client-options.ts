import { type ConnectOptions } from 'mongoose';

/** What one process needs to reach MongoDB. */
export interface MongoOptions {
  /** With the name of the database. */
  readonly url: string;
  /** Shown by MongoDB beside every connection and slow query: service and role. */
  readonly appName?: string;
  /** Connections at most; 20 when absent: writes are grouped, so that a few carry hundreds of envelopes. */
  readonly poolSize?: number;
  /** Lets the driver report every command to its listeners: for tests that look at queries. */
  readonly monitorCommands?: boolean;
}

/** An outage must be noticed while a person would call it a hiccup; a failover of a replica set is repeated anyway. */
const selectionTimeoutMs = 2_500;
/** Between two greetings to a silent server; how soon an idle process notices that it is gone or back. */
const heartbeatMs = 2_000;
/** Longer than any query of ours; a connection that hangs this long is dead. The heartbeat usually notices first. */
const socketTimeoutMs = 30_000;
/** How long a replica set may take to take a write to its majority before the write counts as not done. */
const majorityTimeoutMs = 10_000;

/** How the driver is set up: quick to notice an outage, no hidden buffers, no indexes or collections made behind our back. */
export function clientOptions({ appName, poolSize = 20, monitorCommands = false }: MongoOptions): ConnectOptions {
  return {
    ...(appName === undefined ? {} : { appName }),
    maxPoolSize: poolSize,
    monitorCommands,
    serverSelectionTimeoutMS: selectionTimeoutMs,
    connectTimeoutMS: selectionTimeoutMs,
    heartbeatFrequencyMS: heartbeatMs,
    socketTimeoutMS: socketTimeoutMs,
    waitQueueTimeoutMS: majorityTimeoutMs,
    // A failover must not forget an attempt (data.md).
    writeConcern: { w: 'majority', wtimeoutMS: majorityTimeoutMs },
    // Absent fields are absent, never null.
    ignoreUndefined: true,
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
  };
}
