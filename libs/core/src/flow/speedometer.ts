import type { Clock } from '../kernel/clock.js';

/** Long enough that a pause of a second does not show, short enough that a change does. */
const windowMs = 10_000;

/** Tells from a count that only rises how many a second there were in the last 10 s; undefined while nobody can tell. */
export function speedometer(clock: Pick<Clock, 'steadyMs'>): (count: number) => number | undefined {
  let seen: readonly { readonly atMs: number; readonly count: number }[] = [];
  return (count) => {
    const atMs = clock.steadyMs();
    const before = seen.find((one) => one.atMs >= atMs - windowMs);
    seen = [...seen.filter((one) => one.atMs >= atMs - windowMs), { atMs, count }];
    if (before === undefined || before.atMs === atMs) return undefined;
    const perSecond = ((count - before.count) * 1_000) / (atMs - before.atMs);
    return Math.round(perSecond * 10) / 10;
  };
}
