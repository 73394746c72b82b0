import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock } from '@earlybird/core';

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  steadyMs: () => performance.now(),
  sleep: (ms) => sleep(ms),
};
