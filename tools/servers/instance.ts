import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { cacheFolder } from './cache-folder.js';
import { type ProcessIdentity } from './process-identity.js';

/** `start` keeps what it confirmed through a power cut; `test` trades that for speed. They never share data. */
export type Profile = 'start' | 'test';

const identitySchema = z.object({
  pid: z.number(),
  startTicks: z.number().exactOptional(),
  bootId: z.string().exactOptional(),
});

const stateSchema = z.object({
  profile: z.enum(['start', 'test']),
  /** The checkout that these servers belong to. */
  checkout: z.string(),
  rabbitmqVersion: z.enum(['current', '3.10']),
  ports: z.object({
    amqp: z.number(),
    management: z.number(),
    erlangDistribution: z.number(),
    epmd: z.number(),
    mongo: z.number(),
  }),
  rabbitmqPassword: z.string(),
  /** What runs, as far as it is known; each entry is checked before it is believed. */
  processes: z.object({
    rabbitmq: identitySchema.exactOptional(),
    postgresql: identitySchema.exactOptional(),
    mongoFront: identitySchema.exactOptional(),
  }),
  /** Programs that need the servers; the last one to leave stops them. */
  users: z.array(identitySchema),
  /** Started by hand: run until stopped by hand. */
  kept: z.boolean(),
});

/** What is known about one set of local servers, as stored in its state file. */
export type InstanceState = z.infer<typeof stateSchema>;
export type ServerName = keyof InstanceState['processes'];

/** One set of local servers with data of its own. */
export interface Instance {
  readonly name: string;
  readonly folder: string;
}

/** The checkout that this program is part of. */
export const checkoutFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The instance of that name for this checkout: two checkouts never share servers, so that neither meets the other's data. */
export function instanceOf(name: string): Instance {
  const checkout = createHash('sha256').update(checkoutFolder).digest('hex').slice(0, 8);
  return { name, folder: join(instancesFolder(), `${name}-${checkout}`) };
}

/** Every instance of this user on this machine, of any checkout. */
export async function allInstances(): Promise<readonly Instance[]> {
  const names = await readdir(instancesFolder()).catch(() => []);
  return names
    .filter((name) => !name.endsWith('.lock'))
    .map((name) => ({ name: name.replace(/-[0-9a-f]{8}$/, ''), folder: join(instancesFolder(), name) }));
}

/** The stored state, or undefined when the instance was never started (or its file is of another version of this program). */
export async function readState(instance: Instance): Promise<InstanceState | undefined> {
  const text = await readFile(stateFile(instance), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = stateSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}

/** Replaces the state in one step, so that a reader never meets half a file. Readable by its owner only: it holds a password. */
export async function writeState(instance: Instance, state: InstanceState): Promise<void> {
  await mkdir(instance.folder, { recursive: true });
  const unfinished = `${stateFile(instance)}.${randomBytes(4).toString('hex')}`;
  await writeFile(unfinished, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  await chmod(unfinished, 0o600);
  await rename(unfinished, stateFile(instance));
}

/** Guards the state and everything that starts or stops servers of the instance. */
export function lockFile(instance: Instance): string {
  return `${instance.folder}.lock`;
}

/** Where a server of the instance writes what it prints. */
export function logFile(instance: Instance, server: ServerName): string {
  return join(instance.folder, 'log', `${server}.log`);
}

/** A password or secret of the instance: 192 random bits in characters that need no escaping in a URL. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

/** A copy of the state in which `server` runs as `identity`, or runs no more. */
export function withProcess(
  state: InstanceState,
  server: ServerName,
  identity: ProcessIdentity | undefined,
): InstanceState {
  const processes = { ...state.processes };
  delete processes[server];
  return { ...state, processes: identity === undefined ? processes : { ...processes, [server]: identity } };
}

function stateFile(instance: Instance): string {
  return join(instance.folder, 'state.json');
}

function instancesFolder(): string {
  return join(cacheFolder(), 'instances');
}
