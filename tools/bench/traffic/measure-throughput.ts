import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningSystem } from '@earlybird/testing';
import { type Bench, type Reading } from '../figure.js';
import { acceptedTimes, arrivedSoFar, awaitArrived, steadyRate } from './accepted.js';
import { type EventSource, openEventSource } from './event-source.js';
import { OrderEvents } from './order-events.js';
import { cpuMs } from './process-usage.js';
import { type Subject, subjects, withSubject } from './subject.js';

/** Events of a run: some seconds' worth for each subject, so that processor time is counted to a percent. */
const eventsPerRun: Readonly<Record<Subject, number>> = { worker: 3_000, floor: 3_000, 'usual way': 1_500 };
/** Before the first run: what is compiled and cached once. */
const warmUpEvents = 1_500;
/** In the short form. */
const shortShare = 0.1;
/** What is stored after the last request was answered belongs to the run. */
const settleMs = 500;

interface Run {
  readonly perSecond: number;
  /** Of the worker, per notification. */
  readonly cpuUs: number;
}
type Runs = Readonly<Record<Subject, Run[]>>;

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
  for (const subject of subjects) await oneRun(systems[subject], events, warmUpEvents * share);
  for (let run = 1; run <= bench.request.runs; run += 1)
    for (const subject of subjects) {
      const result = await oneRun(systems[subject], events, eventsPerRun[subject] * share);
      runs[subject].push(result);
      const { perSecond, cpuUs } = result;
      bench.progress.note(
        `run ${run}: ${subject} ${perSecond.toFixed(0)}/s, ${cpuUs.toFixed(0)} µs of processor time each`,
      );
    }
}

/** Publishes all at once: the subject takes as many in hand as it likes. */
async function oneRun(system: RunningSystem, orders: OrderEvents, count: number): Promise<Run> {
  const pid = system.workers[0]?.pid ?? 0;
  const events = orders.next(count);
  const source: EventSource = await openEventSource(system);
  try {
    const before = await arrivedSoFar(system);
    const began = Date.now();
    const cpuBefore = await cpuMs(pid);
    await Promise.all(events.map((event) => source.publish(event)));
    await awaitArrived(system, before + count);
    await sleep(settleMs);
    const usedMs = (await cpuMs(pid)) - cpuBefore;
    return { perSecond: steadyRate(await acceptedTimes(system, began)), cpuUs: (usedMs / count) * 1_000 };
  } finally {
    await source.close();
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
  of: (run: Run) => number,
  against: Subject,
  bar: NonNullable<Reading['bar']>,
): Reading {
  const others = runs[against];
  return { name, unit: 'times', runs: runs.worker.map((run, index) => of(run) / of(others[index] ?? run)), bar };
}
