import type { Log } from '../log/log.js';
import type { HealthSwitch } from './health.js';

/** A connection that says when its server is lost and when it is back (`MongoConnection` of libs/mongodb). */
export interface ToldConnection {
  onLost(listener: (cause: Error) => void): unknown;
  onBack(listener: () => void): unknown;
}

/** Keeps readiness and log told of the database's absence, from now on. */
export function tellOfDatabase(connection: ToldConnection, log: Log, ready: HealthSwitch): void {
  let lostAt = 0;
  connection.onLost((cause) => {
    lostAt = performance.now();
    ready.down(cause.message);
    log.event('connection_lost', { server: 'MongoDB', reason: cause.message });
  });
  connection.onBack(() => {
    ready.up();
    log.event('connection_restored', { server: 'MongoDB', waitedMs: performance.now() - lostAt });
  });
}

/** For the lines that a migration prints: the log names the step; the single indexes are for the command line (`npm run migrate`). */
export function tellOfMigration(log: Log): (line: string) => void {
  return (line) => {
    if (line.startsWith('migration')) log.event('migration_applied', { step: line });
  };
}
