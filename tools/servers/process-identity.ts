import { readdir, readFile } from 'node:fs/promises';

/** One process of this boot of this machine. A pid alone may have been given to another program since. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks between boot and the start of the process, from /proc/PID/stat; absent where there is no /proc. */
  readonly startTicks?: number;
  /** Which boot the ticks count from. */
  readonly bootId?: string;
}

/** The kernel needs this long at most to take apart what it killed, large memory included. */
const DEATH_WITHIN_MS = 10_000;

/** The identity of a running process, or undefined when there is none with that pid (a zombie counts as none). */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const bootId = await readBootId();
  if (bootId === undefined) return answersSignals(pid) ? { pid } : undefined;
  const stat = await readStat(pid);
  return stat && { pid, startTicks: stat.startTicks, bootId };
}

/** Whether exactly this process still runs. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  const now = await identify(identity.pid);
  return now !== undefined && now.startTicks === identity.startTicks && now.bootId === identity.bootId;
}

/** Sends `signal` to exactly this process; false when it is gone. */
export async function signal(identity: ProcessIdentity, name: NodeJS.Signals): Promise<boolean> {
  if (!(await isRunning(identity))) return false;
  try {
    process.kill(identity.pid, name);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

/** Waits until the process is gone; false when it still runs after `deadlineMs`. */
export async function waitUntilGone(identity: ProcessIdentity, deadlineMs: number): Promise<boolean> {
  const deadline = Date.now() + deadlineMs;
  while (await isRunning(identity)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

/** Asks the process to end with SIGTERM, and kills it when it has not after `deadlineMs`. Returns when it is gone. */
export async function stopProcess(identity: ProcessIdentity, deadlineMs: number): Promise<void> {
  await signal(identity, 'SIGTERM');
  if (!(await waitUntilGone(identity, deadlineMs))) await killProcess(identity);
}

/** Kills the process with SIGKILL; returns when it is gone. */
export async function killProcess(identity: ProcessIdentity): Promise<void> {
  await signal(identity, 'SIGKILL');
  await waitUntilGone(identity, DEATH_WITHIN_MS);
}

/** The processes that `pid` started itself; none where there is no /proc. */
export async function childrenOf(pid: number): Promise<readonly ProcessIdentity[]> {
  return (await processesWhere(({ parentPid }) => parentPid === pid)) ?? [];
}

/** The living processes that fit, or undefined where there is no /proc to look into. */
export async function processesWhere(fits: (stat: ProcessStat) => boolean): Promise<ProcessIdentity[] | undefined> {
  const names = await readdir('/proc').catch(() => undefined);
  const pids = names?.filter((name) => /^\d+$/.test(name)).map(Number);
  if (pids === undefined) return undefined;
  const stats = await Promise.all(pids.map(async (pid) => ({ pid, stat: await readStat(pid) })));
  const fitting = stats.filter(({ stat }) => stat !== undefined && fits(stat));
  const identities = await Promise.all(fitting.map(({ pid }) => identify(pid)));
  return identities.filter((identity) => identity !== undefined);
}

/** What is read of /proc/PID/stat. */
export interface ProcessStat {
  readonly parentPid: number;
  readonly groupId: number;
  readonly startTicks: number;
}

/** Fields of /proc/PID/stat, counted behind the last parenthesis, because the program's name may hold blanks and parentheses. */
async function readStat(pid: number): Promise<ProcessStat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, parentPid, groupId] = fields;
  if (state === 'Z' || state === 'X') return undefined;
  return { parentPid: Number(parentPid), groupId: Number(groupId), startTicks: Number(fields[19]) };
}

async function readBootId(): Promise<string | undefined> {
  return readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
