import { type Clock } from '@earlybird/core';
import { type Check } from './health.js';

/** A sign of life that someone must repeat, e.g. a consumer that is called back by its broker. */
export interface Heartbeat {
  beat(): void;
  /** Fails when the last beat is older than allowed. */
  readonly check: Check;
}

/** A heart that counts as stopped `maxAgeMs` after its last beat; its making is the first one. */
export function heartbeat(clock: Clock, maxAgeMs: number): Heartbeat {
  let last = clock.steadyMs();
  return {
    beat: () => {
      last = clock.steadyMs();
    },
    check: () => {
      const ageMs = clock.steadyMs() - last;
      return ageMs <= maxAgeMs ? { ok: true } : { ok: false, reason: `no sign of life for ${ageMs} ms` };
    },
  };
}
