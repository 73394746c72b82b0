import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningSystem } from '@earlybird/testing';
import { type Bench, type Reading } from '../figure.js';
import { percentile } from '../median.js';
import { arrivedSoFar, awaitArrived } from './accepted.js';
import { openEventSource } from './event-source.js';
import { OrderEvents } from './order-events.js';
import { withSubject } from './subject.js';

/** The pace of quality.md. */
const eventsPerSecond = 50;
const eventsPerRun = { full: 500, short: 50 } as const;
/** Before the first run: what is compiled and cached once. */
const warmUpEvents = 200;

interface Latency {
  readonly p50: number[];
  readonly p99: number[];
}

/** From the moment an event is published to the moment its request comes to the simulator, at a quiet pace, in milliseconds. */
export async function measureLatency(bench: Bench): Promise<readonly Reading[]> {
  const worker: Latency = { p50: [], p99: [] };
  const floor: Latency = { p50: [], p99: [] };
  await withSubject(bench, 'worker', 1, (ours) =>
    withSubject(bench, 'floor', 1, async (theFloor) => {
      const { runs, short } = bench.request;
      const orders = new OrderEvents();
      for (const system of [ours, theFloor]) await latencies(system, orders, short ? 0 : warmUpEvents);
      for (let run = 1; run <= runs; run += 1)
        for (const [name, system, latency] of [
          ['worker', ours, worker],
          ['floor', theFloor, floor],
        ] as const) {
          const times = await latencies(system, orders, short ? eventsPerRun.short : eventsPerRun.full);
          latency.p50.push(percentile(times, 0.5));
          latency.p99.push(percentile(times, 0.99));
          bench.progress.note(`run ${run}: ${name} p50 ${latency.p50.at(-1)} ms, p99 ${latency.p99.at(-1)} ms`);
        }
    }),
  );
  return [
    { name: 'latency, worker, p50', unit: 'ms', runs: worker.p50, bar: { atMost: 10 } },
    { name: 'latency, worker, p99', unit: 'ms', runs: worker.p99, bar: { atMost: 50 } },
    { name: 'latency, floor, p50', unit: 'ms', runs: floor.p50 },
    { name: 'latency, floor, p99', unit: 'ms', runs: floor.p99 },
    ratio('latency, worker : floor, p50', worker.p50, floor.p50),
    ratio('latency, worker : floor, p99', worker.p99, floor.p99),
  ];
}

/** Publishes at the pace, whatever becomes of the events, and answers how long each took. */
async function latencies(system: RunningSystem, orders: OrderEvents, count: number): Promise<readonly number[]> {
  const source = await openEventSource(system);
  try {
    const before = await arrivedSoFar(system);
    const publishedAt = new Map<string, number>();
    const confirms: Promise<void>[] = [];
    const began = performance.now();
    for (const [index, event] of orders.next(count).entries()) {
      await sleep(Math.max(0, began + (index * 1_000) / eventsPerSecond - performance.now()));
      publishedAt.set(event.data.customer.phone, Date.now());
      confirms.push(source.publish(event));
    }
    await Promise.all(confirms);
    await awaitArrived(system, before + count);
    const arrivals = (await system.journal()).filter(({ kind }) => kind === 'arrival').slice(before);
    return arrivals.map(({ at, recipient = '' }) => Date.parse(at) - (publishedAt.get(recipient) ?? NaN));
  } finally {
    await source.close();
  }
}

function ratio(name: string, ours: readonly number[], theFloor: readonly number[]): Reading {
  const runs = ours.map((value, index) => value / (theFloor[index] ?? value));
  return { name, unit: 'times', runs, bar: { atMost: 1.5 } };
}
