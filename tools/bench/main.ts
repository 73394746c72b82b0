import { writeFile } from 'node:fs/promises';
import { printedProgress } from '../progress.js';
import { buildApps } from '../start/build-apps.js';
import { measureApi } from './api/measure-api.js';
import { readBenchRequest } from './bench-request.js';
import { onServers } from './bench-servers.js';
import { type FigureName } from './figure-names.js';
import { type Bench, type MeasureFigure, type Reading } from './figure.js';
import { median } from './median.js';
import { keepsBar, readingTable } from './reading-table.js';
import { measureBacklog } from './traffic/measure-backlog.js';
import { measureLatency } from './traffic/measure-latency.js';
import { measureRest } from './traffic/measure-rest.js';
import { measureThroughput } from './traffic/measure-throughput.js';
import { measureWorkers } from './traffic/measure-workers.js';
import { type Surroundings, surroundingsOf } from './surroundings.js';

const figures: Readonly<Record<FigureName, MeasureFigure>> = {
  api: measureApi,
  throughput: measureThroughput,
  latency: measureLatency,
  backlog: measureBacklog,
  workers: measureWorkers,
  rest: measureRest,
};

/** `npm run bench`: measures, prints medians beside their bars, and never fails by a time. */
export async function main(args: readonly string[]): Promise<void> {
  const request = readBenchRequest(args);
  const progress = printedProgress;
  await buildApps(progress);
  await onServers(progress, async (servers) => {
    const surroundings = surroundingsOf(servers);
    const measured = await measureAll({ servers, request, progress });
    console.log(`\n${account(surroundings, measured, request.short)}`);
    if (request.json !== undefined) await writeFile(request.json, asJson({ request, ...surroundings }, measured));
  });
}

type Measured = readonly { readonly figure: FigureName; readonly readings: readonly Reading[] }[];

async function measureAll(bench: Bench): Promise<Measured> {
  const measured = [];
  for (const figure of bench.request.only) {
    bench.progress.note(`── ${figure} ──`);
    measured.push({ figure, readings: await figures[figure](bench) });
  }
  return measured;
}

function account({ machine, servers, versions, commit }: Surroundings, measured: Measured, short: boolean): string {
  const used = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const head = [machine, servers, used.join(', '), `commit ${commit}`];
  const warning = short ? ['', '  The short form: it shows that everything works, not how fast it is.'] : [];
  const tables = measured.flatMap(({ figure, readings }) => ['', figure, readingTable(readings)]);
  return [...head.map((line) => `  ${line}`), ...warning, ...tables].join('\n');
}

function asJson(about: object, measured: Measured): string {
  const figures = measured.map(({ figure, readings }) => ({
    figure,
    readings: readings.map((reading) => ({ ...reading, median: median(reading.runs), kept: keepsBar(reading) })),
  }));
  return `${JSON.stringify({ measuredAt: new Date(), ...about, figures }, null, 2)}\n`;
}
