const units = [
  { suffix: 'h', ms: 3_600_000 },
  { suffix: 'm', ms: 60_000 },
  { suffix: 's', ms: 1_000 },
  { suffix: 'ms', ms: 1 },
] as const;

/**
 * The largest whole unit that tells a wait exactly: 300000 → `5m`, 90000 → `90s`, 200 → `200ms`. A delay queue carries it in
 * its name, so that another delay is another queue and never a queue with other arguments (broker.md).
 *
 * @throws RangeError when `durationMs` is no positive whole number.
 */
export function durationName(durationMs: number): string {
  const unit = units.find(({ ms }) => durationMs % ms === 0);
  if (unit === undefined || durationMs <= 0) throw new RangeError(`${durationMs} ms is no wait that a queue can hold.`);
  return `${durationMs / unit.ms}${unit.suffix}`;
}
