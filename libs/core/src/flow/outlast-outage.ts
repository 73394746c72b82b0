import { AppError } from '../kernel/app-error.js';
import type { FlowParts } from './flow-parts.js';

/** The first and the longest wait between two tries. Short, because an outcome in hand must be written before anything else. */
const firstWaitMs = 100;
const longestWaitMs = 2_000;

/**
 * Repeats a write until the database takes it: an outcome in hand is never given back (architecture.md). Ends with the
 * write's result, or throws what is no outage, or what `clock.sleep` throws when the process must end.
 */
export async function outlastOutage<Result>(
  { clock, reporter }: Pick<FlowParts, 'clock' | 'reporter'>,
  step: string,
  write: () => Promise<Result>,
): Promise<Result> {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'database_unavailable') throw error;
      reporter.report({ kind: 'waiting_for_database', step, waitMs });
      await clock.sleep(waitMs);
    }
  }
}
