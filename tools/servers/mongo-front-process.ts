import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainError } from '../plain-error.js';
import { openLog, tailOf } from './debian/confined-process.js';
import { type Instance, logFile } from './instance.js';
import { identify, isRunning, type ProcessIdentity } from './process-identity.js';
import { until } from './until.js';

/** A loaded machine takes its time to load the program. */
const READY_WITHIN_MS = 60_000;

/** Starts the wire-protocol front as a process that outlives this one, without waiting for it. */
export async function spawnMongoFront(
  instance: Instance,
  port: number,
  socketFolder: string,
): Promise<ProcessIdentity> {
  const file = logFile(instance, 'mongoFront');
  const log = await openLog(file);
  try {
    const program = join(dirname(fileURLToPath(import.meta.url)), 'mongo-front', 'main.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', program, String(port), socketFolder], {
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      cwd: dirname(program),
      env: { PATH: process.env['PATH'] },
    });
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    const identity = child.pid === undefined ? undefined : await identify(child.pid);
    if (identity === undefined) throw new PlainError(`The MongoDB front ended at once; see ${file}`);
    return identity;
  } finally {
    await log.close();
  }
}

/**
 * Returns when the front accepts connections.
 * @throws PlainError with the end of its log when it ended or takes too long
 */
export async function mongoFrontReady(instance: Instance, port: number, identity: ProcessIdentity): Promise<void> {
  const file = logFile(instance, 'mongoFront');
  const failure = async (): Promise<Error> =>
    new PlainError(`The MongoDB front did not come up; the end of ${file}:\n${await tailOf(file, 15)}`);
  await until(
    async () => {
      if (!(await isRunning(identity))) throw await failure();
      return (await accepts(port)) ? true : undefined;
    },
    READY_WITHIN_MS,
    failure,
  );
}

/** Whether somebody accepts TCP connections on that port of 127.0.0.1. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
