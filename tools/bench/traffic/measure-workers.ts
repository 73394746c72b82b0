import { availableParallelism } from 'node:os';
import { type Bench, type Reading } from '../figure.js';
import { carryEvents } from './carry-events.js';
import { OrderEvents } from './order-events.js';
import { withSubject } from './subject.js';

const eventsPerRun = { full: 3_000, short: 300 } as const;
const warmUpEvents = { full: 2_000, short: 200 } as const;
/** Two workers, broker, database and provider: with fewer cores they only share what there is (quality.md: where cores allow). */
const coresForTwo = 4;

/** How much more two workers carry than one. */
export async function measureWorkers(bench: Bench): Promise<readonly Reading[]> {
  const { runs, short } = bench.request;
  const size = short ? 'short' : 'full';
  const one: number[] = [];
  const two: number[] = [];
  await withSubject(bench, 'worker', 1, (single) =>
    withSubject(bench, 'worker', 2, async (double) => {
      const orders = new OrderEvents();
      for (const system of [single, double]) await carryEvents(system, orders, warmUpEvents[size]);
      for (let run = 1; run <= runs; run += 1) {
        one.push((await carryEvents(single, orders, eventsPerRun[size])).perSecond);
        two.push((await carryEvents(double, orders, eventsPerRun[size])).perSecond);
        bench.progress.note(`run ${run}: one ${one.at(-1)?.toFixed(0)}/s, two ${two.at(-1)?.toFixed(0)}/s`);
      }
    }),
  );
  const enough = availableParallelism() >= coresForTwo;
  return [
    { name: 'one worker', unit: '/s', runs: one },
    { name: 'two workers', unit: '/s', runs: two },
    {
      name: `two workers : one${enough ? '' : ' (too few cores to be held against 1.7)'}`,
      unit: 'times',
      runs: two.map((rate, run) => rate / (one[run] ?? rate)),
      ...(enough && { bar: { atLeast: 1.7 } }),
    },
  ];
}
