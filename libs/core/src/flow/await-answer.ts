import type { CommandAnswer } from '../command/command.js';
import type { CommandDesk } from '../command/command-desk.js';
import type { Clock } from '../kernel/clock.js';

/** Nothing to do is answered within some tens of milliseconds; later looks spare the database. */
const firstPauseMs = 25;
const longestPauseMs = 250;
const growth = 1.5;

/** Watches a command until it is answered; undefined when `waitMs` have passed or `isStopping` says so. Throws AppError `database_unavailable`. */
export function awaitAnswer(parts: {
  readonly commandDesk: Pick<CommandDesk, 'find'>;
  readonly clock: Clock;
  readonly isStopping?: () => boolean;
}): (id: string, waitMs: number) => Promise<CommandAnswer | undefined> {
  return async (id, waitMs) => {
    const deadline = parts.clock.steadyMs() + waitMs;
    for (let pauseMs = firstPauseMs; ;) {
      const answer = (await parts.commandDesk.find(id))?.answer;
      const leftMs = deadline - parts.clock.steadyMs();
      if (answer !== undefined || leftMs <= 0 || parts.isStopping?.() === true) return answer;
      await parts.clock.sleep(Math.min(pauseMs, leftMs));
      pauseMs = Math.min(Math.round(pauseMs * growth), longestPauseMs);
    }
  };
}
