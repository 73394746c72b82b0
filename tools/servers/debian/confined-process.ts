import { spawn } from 'node:child_process';
import { type FileHandle, mkdir, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PlainError } from '../../plain-error.js';
import {
  childrenOf,
  identify,
  isRunning,
  killProcess,
  type ProcessIdentity,
  signal,
  waitUntilGone,
} from '../process-identity.js';
import { runCommand } from '../run-command.js';

/** Where a confined program sees the folder of its instance. */
export const INSTANCE_MOUNT = '/srv';

/** A program inside a private root. */
export interface ConfinedProgram {
  readonly root: string;
  /** Folder of the host that the program sees as INSTANCE_MOUNT. */
  readonly instanceFolder: string;
  /** User and group of the root. */
  readonly user: string;
  readonly command: readonly string[];
  /** The whole environment beside PATH; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Namespaces of its own for mounts and processes: the mounts end with the program and are never visible to the host, and everything
 * that the program started (epmd, workers) dies with it, even by SIGKILL.
 */
const ENTER = [
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
  '--propagation',
  'private',
  'sh',
  '-c',
  `set -e; mount -t proc proc "$0/proc"; mount -t tmpfs tmpfs "$0/dev/shm"; mount --bind "$1" "$0${INSTANCE_MOUNT}"; root=$0; user=$2; shift 2; exec chroot --userspec="$user" "$root" "$@"`,
];

/** Whether this machine lets us run confined programs, which takes root and the right to mount; the reason when it does not. */
export async function reasonAgainstConfinement(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'it must be run by root';
  return runCommand('unshare', [...ENTER.slice(0, 6), 'true']).then(
    () => undefined,
    () => 'this machine (a container without the right to mount?) allows no private mounts',
  );
}

/** Runs a confined program to its end. */
export async function runConfined(program: ConfinedProgram): Promise<string> {
  return runCommand('unshare', commandLine(program), { env: environmentOf(program) });
}

/** Runs a program to its end beside one that was started confined, in what that one sees. */
export async function runBeside(leader: ProcessIdentity, program: ConfinedProgram): Promise<string> {
  const [inner] = (await isRunning(leader)) ? await childrenOf(leader.pid) : [];
  if (inner === undefined) throw new PlainError('The program that this one was to run beside has ended.');
  const { root, user, command } = program;
  const args = ['--target', String(inner.pid), '--mount', '--pid', 'chroot', `--userspec=${user}`, root, ...command];
  return runCommand('nsenter', args, { env: environmentOf(program) });
}

/**
 * Starts a confined program that outlives this process; its output is appended to `logFile`.
 * The identity is that of `unshare`, which lives exactly as long as the program.
 */
export async function startConfined(program: ConfinedProgram, logFile: string): Promise<ProcessIdentity> {
  const log = await openLog(logFile);
  try {
    const child = spawn('unshare', commandLine(program), {
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: environmentOf(program),
      cwd: '/',
    });
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    const identity = child.pid === undefined ? undefined : await identify(child.pid);
    if (identity === undefined) throw new PlainError(`The program ended at once; see ${logFile}`);
    return identity;
  } finally {
    await log.close();
  }
}

/** Asks the program to end with `name`, and kills it when it has not after `deadlineMs`. Returns when it is gone. */
export async function stopConfined(leader: ProcessIdentity, name: NodeJS.Signals, deadlineMs: number): Promise<void> {
  if (!(await isRunning(leader))) return;
  const inner = await childrenOf(leader.pid);
  await Promise.all(inner.map((child) => signal(child, name)));
  if (!(await waitUntilGone(leader, deadlineMs))) await killConfined(leader);
}

/** Kills the program and everything it started with SIGKILL; returns when all of it is gone. */
export async function killConfined(leader: ProcessIdentity): Promise<void> {
  // The inner process is the first of its process namespace: the kernel kills all others before it lets go of that one.
  const inner = (await isRunning(leader)) ? await childrenOf(leader.pid) : [];
  await Promise.all([...inner, leader].map((process) => killProcess(process)));
}

/** A log grows for as long as its server runs; the next start begins a new one when it has become this large. */
const LARGE_LOG_BYTES = 10_000_000;

/** Opens the log of a server that is about to start. */
export async function openLog(logFile: string): Promise<FileHandle> {
  await mkdir(dirname(logFile), { recursive: true });
  const { size } = await stat(logFile).catch(() => ({ size: 0 }));
  return open(logFile, size > LARGE_LOG_BYTES ? 'w' : 'a', 0o600);
}

/** The last lines of a log, for messages about a server that did not come up. */
export async function tailOf(logFile: string, lines: number): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

/** One PATH serves both sides: `chroot` is looked up on the host, the program inside the root. */
function environmentOf({ env }: ConfinedProgram): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...env };
}

function commandLine({ root, instanceFolder, user, command }: ConfinedProgram): readonly string[] {
  return [...ENTER, root, instanceFolder, user, ...command];
}
