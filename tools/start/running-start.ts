import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { instanceOf } from '../servers/instance.js';
import { identify, isRunning, type ProcessIdentity, stopProcess } from '../servers/process-identity.js';
import { screenFactsSchema } from './screen-facts.js';

const identitySchema = z.object({
  pid: z.number(),
  startTicks: z.number().exactOptional(),
  bootId: z.string().exactOptional(),
});

const startSchema = z.object({
  /** The `npm start` itself. */
  process: identitySchema,
  /** Every app process that it started, newest last. */
  apps: z.array(identitySchema),
  /** Present once everything is up. */
  screen: screenFactsSchema.exactOptional(),
});

export type RunningStart = z.infer<typeof startSchema>;

/** How long apps of a killed `npm start` may go on ending before they are killed. */
const LEFTOVERS_WITHIN_MS = 10_000;

/** The `npm start` of this checkout that runs now, if there is one. */
export async function findRunningStart(): Promise<RunningStart | undefined> {
  const found = await readStart();
  return found !== undefined && (await isRunning(found.process)) ? found : undefined;
}

/** Takes the place of the running `npm start`, after ending what a killed one left behind. */
export async function beginStart(note: (text: string) => void): Promise<void> {
  const before = await readStart();
  const left = await runningOf(before?.apps ?? []);
  if (left.length > 0) {
    note(`ending ${left.length} processes that an earlier npm start left behind`);
    await Promise.all(left.map((identity) => stopProcess(identity, LEFTOVERS_WITHIN_MS)));
  }
  const process_ = await identify(process.pid);
  if (process_ === undefined) throw new Error('this process cannot be found');
  await writeStart({ process: process_, apps: [] });
}

/** Changes what is written down about this `npm start`. One change after the other. */
export function changeStart(change: (start: RunningStart) => RunningStart): Promise<void> {
  changes = changes.then(async () => {
    const start = await readStart();
    if (start !== undefined) await writeStart(change(start));
  });
  return changes;
}

let changes: Promise<void> = Promise.resolve();

/** Nothing runs any more. */
export async function endStart(): Promise<void> {
  await changes;
  await rm(file(), { force: true });
}

async function runningOf(identities: readonly ProcessIdentity[]): Promise<readonly ProcessIdentity[]> {
  const checked = await Promise.all(
    identities.map(async (identity) => ((await isRunning(identity)) ? [identity] : [])),
  );
  return checked.flat();
}

async function readStart(): Promise<RunningStart | undefined> {
  const text = await readFile(file(), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : startSchema.safeParse(JSON.parse(text)).data;
}

async function writeStart(start: RunningStart): Promise<void> {
  await mkdir(instanceOf('start').folder, { recursive: true });
  const unfinished = `${file()}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(start, null, 2)}\n`, { mode: 0o600 });
  await chmod(unfinished, 0o600);
  await rename(unfinished, file());
}

function file(): string {
  return join(instanceOf('start').folder, 'start.json');
}
