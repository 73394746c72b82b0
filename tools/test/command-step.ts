import { spawn } from 'node:child_process';
import { giveWay } from './give-way.js';
import { endGroup, signalGroup } from '../servers/process-group.js';
import { type Step, oneResult } from './step.js';

/** How long a process may take to clean up after SIGTERM before it is killed. */
const GRACE_MS = 8_000;

/** A test runner ends a worker that does not end by itself, and goes before that worker is gone. */
const LAST_BREATH_MS = 5_000;

export interface CommandRun {
  readonly ok: boolean;
  readonly output: string;
  /** The processes that the command left behind, by pid and command line; they are ended. */
  readonly leftBehind: readonly string[];
}

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Killed when it takes longer: a hang must become a failure. */
  readonly limitMs: number;
  readonly onLine?: (line: string) => void;
  /** It looks at no clock, so it takes only the processor time that nobody else wants. */
  readonly givesWay?: boolean;
}

/** A step that passes when a program of node_modules ends with 0. */
export function commandStep(name: string, command: readonly string[], options: CommandOptions): Step {
  return {
    name,
    needs: [],
    after: [],
    run: async (signal) => {
      const { ok, output } = await runGroup(command, signal, options);
      return oneResult(ok, name, output);
    },
  };
}

/**
 * Runs `node` with these arguments in a process group of its own, so that everything it starts can be ended with it, and so that
 * Ctrl-C reaches only us.
 */
export async function runGroup(
  args: readonly string[],
  signal: AbortSignal,
  { env = process.env, limitMs, onLine, givesWay = false }: CommandOptions,
): Promise<CommandRun> {
  const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${args[0] ?? 'node'} could not be started`);
  if (givesWay) void giveWay(pid);
  let output = '';
  let unfinishedLine = '';
  const take = (chunk: Buffer): void => {
    output += chunk.toString();
    const lines = (unfinishedLine + chunk.toString()).split('\n');
    unfinishedLine = lines.pop() ?? '';
    lines.forEach((line) => onLine?.(line));
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);

  const end = (): void => {
    signalGroup(pid, 'SIGTERM');
    setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE_MS).unref();
  };
  const limit = setTimeout(() => {
    output += `\nended after ${limitMs / 1000} s: it took too long\n`;
    end();
  }, limitMs);
  signal.addEventListener('abort', end, { once: true });
  const exitCode = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearTimeout(limit);
  signal.removeEventListener('abort', end);
  // What the program left behind may hold its outputs open: they are not waited for.
  const leftBehind = await endGroup(pid, LAST_BREATH_MS);
  return { ok: exitCode === 0, output, leftBehind };
}
