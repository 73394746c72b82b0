import { type CommandAnswer, type Deeds } from '@earlybird/core';
import { type Bell } from './bell.js';

/** What the deeds of a worker stand on. */
export interface DeedParts {
  /** Rings when replays are to be looked at now. */
  readonly replayBell: Bell;
}

/** What this worker does for each command. */
export function deedsOf({ replayBell }: DeedParts): Deeds {
  return {
    wake_replays: () => {
      replayBell.ring();
      return Promise.resolve(done());
    },
  };
}

function done(figures: Readonly<Record<string, number>> = {}): CommandAnswer {
  return { kind: 'done', figures };
}
