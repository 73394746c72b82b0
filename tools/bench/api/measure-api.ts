import { type RunningSystem, prepareSystem } from '@earlybird/testing';
import { seededRandom } from '../../faults/random.js';
import { type Bench, type Reading } from '../figure.js';
import { median, percentile } from '../median.js';
import { openRecord, type Record } from '../record/open-record.js';
import { type ApiClient, openApiClient } from './api-client.js';
import { type ApiCall, apiCalls } from './api-calls.js';

/** The record that the large one is compared with. */
const smallRecord = 10_000;
/** Calls of each kind in a run: enough that the 99th percentile is more than the slowest one. */
const callsPerRun = { full: 300, short: 20 } as const;
/** Before the first run: what is compiled and cached once. */
const warmUpCalls = 20;
/** Answers that are waited for at a time: two people at work. */
const atOnce = 2;
const seed = 7;

/** What was measured of one call on one record: milliseconds, one value a run. */
interface CallTimes {
  readonly call: ApiCall;
  readonly p50: readonly number[];
  readonly p99: readonly number[];
}

/** The reading calls of the api, on a small record and on a large one (quality.md). */
export async function measureApi(bench: Bench): Promise<readonly Reading[]> {
  const sizes = [smallRecord, bench.request.notifications];
  const times: (readonly CallTimes[])[] = [];
  for (const size of sizes) times.push(await measureRecord(bench, size));
  const [small = [], large = []] = times;
  return [
    ...sizes.flatMap((size, index) => (times[index] ?? []).flatMap((one) => readingsOf(one, size))),
    ...large.flatMap((one, index) => ratiosOf(one, small[index])),
  ];
}

async function measureRecord(bench: Bench, size: number): Promise<readonly CallTimes[]> {
  const record = await openRecord(bench, size);
  try {
    const { servers } = bench;
    const system = await prepareSystem({ servers, workers: 0, api: true, database: record.name });
    try {
      return await measureSystem(bench, system, record);
    } finally {
      await system.stop();
    }
  } finally {
    await record.close();
  }
}

async function measureSystem({ progress, request }: Bench, system: RunningSystem, record: Record) {
  await progress.step('starting the api', async () => system.api?.start());
  const client = await openApiClient(system, atOnce);
  try {
    const calls = await apiCalls(record, seededRandom(seed));
    for (const call of calls) {
      const began = performance.now();
      await client.get(call.path());
      progress.note(`${call.name}: the first one ever took ${(performance.now() - began).toFixed(0)} ms`);
      await timesOf(client, call, warmUpCalls);
    }
    const count = request.short ? callsPerRun.short : callsPerRun.full;
    const all = calls.map((call) => ({ call, p50: [] as number[], p99: [] as number[] }));
    for (let run = 1; run <= request.runs; run += 1)
      for (const { call, p50, p99 } of all) {
        const times = await timesOf(client, call, count);
        p50.push(percentile(times, 0.5));
        p99.push(percentile(times, 0.99));
        progress.note(`run ${run}: ${call.name} p50 ${p50.at(-1)?.toFixed(1)} ms, p99 ${p99.at(-1)?.toFixed(1)} ms`);
      }
    return all;
  } finally {
    await client.close();
  }
}

async function timesOf(client: ApiClient, call: ApiCall, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  let left = count;
  const person = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const path = call.path();
      const began = performance.now();
      await client.get(path);
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, person));
  return times;
}

function readingsOf({ call, p50, p99 }: CallTimes, size: number): readonly Reading[] {
  const name = `${call.name}, ${size.toLocaleString('en')} notifications`;
  return [
    { name: `${name}, p50`, unit: 'ms', runs: p50 },
    { name: `${name}, p99`, unit: 'ms', runs: p99, bar: { atMost: call.mostMs } },
  ];
}

/** Of medians, because runs on two records are no pairs. */
function ratiosOf(large: CallTimes, small: CallTimes | undefined): readonly Reading[] {
  if (small === undefined || large.call.mostTimes === undefined) return [];
  const bar = { atMost: large.call.mostTimes };
  const name = `${large.call.name}, large : small record`;
  return (['p50', 'p99'] as const).map((share) => ({
    name: `${name}, ${share}`,
    unit: 'times',
    runs: [median(large[share]) / median(small[share])],
    bar,
  }));
}
