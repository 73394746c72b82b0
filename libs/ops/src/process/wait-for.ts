import { type Clock } from '@earlybird/core';
import { type Log } from '../log/log.js';

/** How to wait for a server. */
export interface WaitOptions {
  readonly log: Log;
  readonly clock: Clock;
  /** Shown in the log line; without user and password. */
  readonly address?: string;
  /** Errors that waiting does not cure, e.g. wrong credentials: they are thrown at once. None by default. */
  readonly isHopeless?: (error: unknown) => boolean;
}

/** Soon enough that a server which starts beside us is found at once, seldom enough not to flood one that is down. */
const firstWaitMs = 250;
const longestWaitMs = 5_000;
/** Between two lines about the same wait. */
const quietMs = 3_000;

/**
 * Waits until `probe` succeeds, however long it takes, and gives back its result. Says so in the log every few seconds, so
 * that nobody wonders why nothing happens. The probe must bound its own time.
 */
export async function waitFor<T>(server: string, probe: () => Promise<T>, options: WaitOptions): Promise<T> {
  const { log, clock, address } = options;
  const start = clock.steadyMs();
  let lastLine = -Infinity;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    try {
      const reached = await probe();
      log.event('server_reached', { server, address, waitedMs: clock.steadyMs() - start });
      return reached;
    } catch (error) {
      if (options.isHopeless?.(error) === true) throw error;
      const now = clock.steadyMs();
      if (now - lastLine >= quietMs) {
        log.event('waiting_for_server', { server, address, reason: reasonOf(error), waitMs, waitedMs: now - start });
        lastLine = now;
      }
      await clock.sleep(waitMs);
    }
  }
}

/** The innermost words: outer errors often say no more than "failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (error.message !== '') return error.message;
  return error.cause === undefined ? error.name : reasonOf(error.cause);
}
