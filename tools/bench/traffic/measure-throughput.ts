import { type RunningSystem } from '@earlybird/testing';
import { type Bench, type Reading } from '../figure.js';
import { type Carried, carryEvents } from './carry-events.js';
import { OrderEvents } from './order-events.js';
import { type Subject, subjects, withSubject } from './subject.js';

/** Events of a run: some seconds' worth for each subject, so that processor time is counted to a percent. */
const eventsPerRun: Readonly<Record<Subject, number>> = { worker: 3_000, floor: 3_000, 'usual way': 1_500 };
/** Before the first run: what is compiled and cached once. */
const warmUpEvents = 1_500;
/** In the short form. */
const shortShare = 0.1;
type Runs = Readonly<Record<Subject, Carried[]>>;

/** Events from the exchange to the simulator's acceptance, one process at a time: ours, the floor, the usual way. */
export async function measureThroughput(bench: Bench): Promise<readonly Reading[]> {
  const runs: Runs = { worker: [], floor: [], 'usual way': [] };
  const [worker, floor, usual] = subjects;
  await withSubject(bench, worker, 1, (ours) =>
    withSubject(bench, floor, 1, (theFloor) =>
      withSubject(bench, usual, 1, (theUsual) =>
        measureTurns(bench, { worker: ours, floor: theFloor, 'usual way': theUsual }, runs),
      ),
    ),
  );
  return [
    ...subjects.map((subject) => rate(runs, subject)),
    ratio(runs, 'throughput, worker : floor', (run) => run.perSecond, floor, { atLeast: 0.8 }),
    ratio(runs, 'throughput, worker : usual way', (run) => run.perSecond, usual, { atLeast: 3 }),
    ...subjects.map((subject) => cpu(runs, subject)),
    ratio(runs, 'processor time, worker : floor', (run) => run.cpuUs, floor, { atMost: 1.5 }),
  ];
}

/** In turns, so that whatever else the machine does meanwhile meets all alike. */
async function measureTurns(
  bench: Bench,
  systems: Readonly<Record<Subject, RunningSystem>>,
  runs: Runs,
): Promise<void> {
  const share = bench.request.short ? shortShare : 1;
  const events = new OrderEvents();
  for (const subject of subjects) await carryEvents(systems[subject], events, warmUpEvents * share);
  for (let run = 1; run <= bench.request.runs; run += 1)
    for (const subject of subjects) {
      const result = await carryEvents(systems[subject], events, eventsPerRun[subject] * share);
      runs[subject].push(result);
      const { perSecond, cpuUs } = result;
      bench.progress.note(
        `run ${run}: ${subject} ${perSecond.toFixed(0)}/s, ${cpuUs.toFixed(0)} µs of processor time each`,
      );
    }
}

function rate(runs: Runs, subject: Subject): Reading {
  return { name: `throughput, ${subject}`, unit: '/s', runs: runs[subject].map(({ perSecond }) => perSecond) };
}

function cpu(runs: Runs, subject: Subject): Reading {
  const name = `processor time per notification, ${subject}`;
  return { name, unit: 'µs', runs: runs[subject].map(({ cpuUs }) => cpuUs) };
}

/** Run by run: each pair was measured side by side. */
function ratio(
  runs: Runs,
  name: string,
  of: (run: Carried) => number,
  against: Subject,
  bar: NonNullable<Reading['bar']>,
): Reading {
  const others = runs[against];
  return { name, unit: 'times', runs: runs.worker.map((run, index) => of(run) / of(others[index] ?? run)), bar };
}
