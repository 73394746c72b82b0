import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningSystem } from '@earlybird/testing';
import { acceptedTimes, arrivedSoFar, awaitArrived, steadyRate } from './accepted.js';
import { openEventSource } from './event-source.js';
import { type OrderEvents } from './order-events.js';
import { cpuMs } from './process-usage.js';

/** How a number of events was carried to the provider. */
export interface Carried {
  readonly perSecond: number;
  /** Processor time of all workers per notification. */
  readonly cpuUs: number;
}

/** What is stored after the last request was answered belongs to the run. */
const settleMs = 500;

/** Publishes so many events at once, and waits until the simulator has accepted them: the workers take in hand what they like. */
export async function carryEvents(system: RunningSystem, orders: OrderEvents, count: number): Promise<Carried> {
  const events = orders.next(count);
  const source = await openEventSource(system);
  try {
    const before = await arrivedSoFar(system);
    const began = Date.now();
    const cpuBefore = await cpuOf(system);
    await Promise.all(events.map((event) => source.publish(event)));
    await awaitArrived(system, before + count);
    await sleep(settleMs);
    const usedMs = (await cpuOf(system)) - cpuBefore;
    return { perSecond: steadyRate(await acceptedTimes(system, began)), cpuUs: (usedMs / count) * 1_000 };
  } finally {
    await source.close();
  }
}

async function cpuOf({ workers }: RunningSystem): Promise<number> {
  const used = await Promise.all(workers.map(({ pid }) => cpuMs(pid)));
  return used.reduce((sum, one) => sum + one, 0);
}
