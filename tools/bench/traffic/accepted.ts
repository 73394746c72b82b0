import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningSystem } from '@earlybird/testing';
import { providerLoad } from '../../faults/provider.js';

const lookEveryMs = 100;
/** Longer than any subject takes for anything that is asked of it. */
const patienceMs = 20 * 60_000;

/** Resolves when `count` requests have come to the simulator and all are answered. */
export async function awaitArrived(system: RunningSystem, count: number): Promise<void> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const { arrived, open } = await providerLoad(system);
    if (arrived >= count && open === 0) return;
    if (Date.now() > until) throw new Error(`${arrived} of ${count} requests came to the simulator`);
    await sleep(lookEveryMs);
  }
}

/** How many requests have come to the simulator. */
export async function arrivedSoFar(system: RunningSystem): Promise<number> {
  return (await providerLoad(system)).arrived;
}

/** When each request was accepted by the simulator, in milliseconds, the first one first; those before `from` left out. */
export async function acceptedTimes(system: RunningSystem, from: number): Promise<readonly number[]> {
  const ends = (await system.journal()).filter(({ kind, status }) => kind === 'end' && status === 200);
  return ends.map(({ at }) => Date.parse(at)).filter((at) => at >= from);
}

/** The share of a run at its beginning and at its end that is no steady state: the ramp, and the last few. */
const rampShare = 0.1;

/** How many a second were accepted in the steady part of a run. */
export function steadyRate(times: readonly number[]): number {
  const ramp = Math.floor(times.length * rampShare);
  const steady = times.slice(ramp, times.length - ramp);
  const [first = 0, last = 0] = [steady[0], steady.at(-1)];
  return ((steady.length - 1) / (last - first)) * 1_000;
}
