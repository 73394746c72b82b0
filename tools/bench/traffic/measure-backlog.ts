import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningSystem } from '@earlybird/testing';
import { type Bench, type Reading } from '../figure.js';
import { median } from '../median.js';
import { acceptedTimes, arrivedSoFar, awaitArrived, steadyRate } from './accepted.js';
import { openEventSource } from './event-source.js';
import { OrderEvents } from './order-events.js';
import { residentMb } from './process-usage.js';
import { withSubject } from './subject.js';

/** Confirms outstanding while the backlog is made. */
const publishedAtOnce = 1_000;
const lookEveryMs = 250;

interface Drain {
  readonly perSecond: number;
  /** The rate of the second half against that of the first. */
  readonly steadiness: number;
  readonly residentMb: number;
  /** The memory of the last third against that of the one before. */
  readonly growth: number;
}

/** What waited while no worker ran is carried by one worker that starts. */
export async function measureBacklog(bench: Bench): Promise<readonly Reading[]> {
  const { request, progress } = bench;
  const drains: Drain[] = [];
  await withSubject(bench, 'worker', 1, async (system) => {
    const orders = new OrderEvents();
    for (let run = 1; run <= request.runs; run += 1) {
      await system.workers[0]?.kill();
      await progress.step(`publishing a backlog of ${request.backlog} events`, () =>
        fill(system, orders, request.backlog),
      );
      const drain = await drainOne(system, request.backlog);
      drains.push(drain);
      progress.note(`run ${run}: ${drain.perSecond.toFixed(0)}/s, ${drain.residentMb.toFixed(0)} MB at most`);
    }
  });
  const name = `backlog of ${request.backlog.toLocaleString('en')}`;
  return [
    { name: `${name}, drained at`, unit: '/s', runs: drains.map(({ perSecond }) => perSecond) },
    {
      name: `${name}, second half : first half`,
      unit: 'times',
      runs: drains.map(({ steadiness }) => steadiness),
      bar: { atLeast: 0.9 },
    },
    { name: `${name}, RSS at most`, unit: 'MB', runs: drains.map((one) => one.residentMb), bar: { atMost: 200 } },
    {
      name: `${name}, RSS last third : middle third`,
      unit: 'times',
      runs: drains.map(({ growth }) => growth),
      bar: { atMost: 1.1 },
    },
  ];
}

async function fill(system: RunningSystem, orders: OrderEvents, count: number): Promise<void> {
  const source = await openEventSource(system);
  try {
    for (let left = count; left > 0; left -= publishedAtOnce) {
      const events = orders.next(Math.min(left, publishedAtOnce));
      await Promise.all(events.map((event) => source.publish(event)));
    }
  } finally {
    await source.close();
  }
}

async function drainOne(system: RunningSystem, count: number): Promise<Drain> {
  const [worker] = system.workers;
  const before = await arrivedSoFar(system);
  const began = Date.now();
  await worker?.start();
  let isDrained = false;
  const drained = awaitArrived(system, before + count).finally(() => (isDrained = true));
  const memory: number[] = [];
  while (!isDrained) {
    memory.push(await residentMb(worker?.pid ?? 0));
    await Promise.race([sleep(lookEveryMs), drained]);
  }
  await drained;
  const times = await acceptedTimes(system, began);
  const half = Math.floor(times.length / 2);
  const third = Math.floor(memory.length / 3);
  return {
    perSecond: steadyRate(times),
    steadiness: steadyRate(times.slice(half)) / steadyRate(times.slice(0, half)),
    residentMb: Math.max(...memory),
    growth: median(memory.slice(2 * third)) / median(memory.slice(third, 2 * third)),
  };
}
