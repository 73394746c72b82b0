import type { FaultName } from './fault-request.js';
import type { Random } from './random.js';

/** When which fault strikes: as soon as that many events have been published. */
export interface ScheduledFault {
  readonly afterEvents: number;
  readonly fault: FaultName;
}

/** How often each fault is chosen. Workers die most often in production: every deployment is a kill. */
const weights: Readonly<Record<FaultName, number>> = {
  worker: 30,
  workers: 10,
  broker: 14,
  alarm: 8,
  database: 14,
  connections: 8,
  outage: 10,
  simulator: 8,
  slow: 6,
  api: 8,
};

/** Each kind in this order first, so that the shortest run strikes what matters most; then at random. */
const first: readonly FaultName[] = [
  'worker',
  'broker',
  'database',
  'outage',
  'simulator',
  'workers',
  'api',
  'connections',
  'alarm',
  'slow',
];

/** Spreads `count` faults over a run, one in each stretch of events, so that each strikes while events flow. */
export function scheduleFaults(
  count: number,
  events: number,
  only: readonly FaultName[],
  random: Random,
): readonly ScheduledFault[] {
  const stretch = events / (count + 1);
  const wanted = first.filter((fault) => only.includes(fault));
  const allowed = Object.fromEntries(only.map((fault) => [fault, weights[fault]])) as Record<FaultName, number>;
  return Array.from({ length: count }, (_, index) => ({
    afterEvents: Math.floor(stretch * (index + 0.5 + random.next())),
    fault: wanted[index] ?? random.weighted(allowed),
  }));
}
