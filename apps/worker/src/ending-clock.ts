import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@earlybird/core';
import { systemClock } from '@earlybird/ops';

/** The machine's clock whose sleepers are woken by `end` with its reason: the process cannot wait for a server any longer. */
export function endingClock(end: AbortSignal): Clock {
  return { ...systemClock, sleep: (ms) => sleep(ms, undefined, { signal: end }) };
}
