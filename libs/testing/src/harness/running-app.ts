import { type ChildProcess, spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from './eventually.js';
import { answersWith200 } from './http-answer.js';

/** The root of the checkout, where `dist` lies. */
const root = join(import.meta.dirname, '..', '..', '..', '..');

/** Longer than any app of ours takes on a busy machine, migrations included. */
const startLimitMs = 60_000;
/** Above the longest graceful stop (25 s, broker.md). */
const stopLimitMs = 30_000;

/** Which app to start and how to know that it is ready. */
export interface AppStart {
  /** The folder of the app: `worker`, `api`, `storefront`, `myoperator-simulator`. */
  readonly app: string;
  /** Started in place of the app's own built main: arguments of `node`, with paths from the root of the checkout. */
  readonly nodeArguments?: readonly string[];
  /** Everything the app finds in its environment; of the test's own it gets PATH and HOME only. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ready when this URL answers 200 … */
  readonly readyUrl?: string;
  /** … or when a line of output holds this. At least one of the two. */
  readonly readyLine?: string | RegExp;
  readonly withinMs?: number;
}

/** One JSON line of an app's log; `event` is its name in log-events.md. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly event?: string };

/** An app that runs as a process of its own. */
export interface RunningApp {
  readonly pid: number;
  /** Everything it wrote to stdout and stderr so far, by line. */
  readonly output: readonly string[];
  /** The lines of its log, parsed; of one event when that is given. */
  log(event?: string): readonly LogLine[];
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with its exit code when it is gone, rejects (and kills it) after 30 s. */
  stop(): Promise<number | null>;
  /** Resolves with the exit code when it ends, whoever ends it; null after a signal. */
  readonly ended: Promise<number | null>;
}

/** Starts an app as `node dist/apps/<app>/src/main.js` and resolves when it is ready. Build first: `npm run build`. */
export async function startApp(start: AppStart): Promise<RunningApp> {
  const app = await launchApp(start);
  let over = false;
  void app.ended.then(() => (over = true));
  try {
    await eventually(async () => over || (await isReady(app, start)), {
      withinMs: start.withinMs ?? startLimitMs,
      message: `${start.app} is ready`,
    });
  } catch (error) {
    await app.kill();
    throw new Error(`${(error as Error).message}; it wrote:\n${tail(app)}`, { cause: error });
  }
  if (over) throw new Error(`${start.app} ended before it was ready; it wrote:\n${tail(app)}`);
  return app;
}

/** Starts an app like `startApp`, and resolves at once: whoever looks on how it waits or fails takes this. */
export async function launchApp(start: Pick<AppStart, 'app' | 'nodeArguments' | 'env'>): Promise<RunningApp> {
  const nodeArguments = start.nodeArguments ?? [await builtScript(start.app)];
  return follow(spawn(process.execPath, nodeArguments, { cwd: root, env: environmentOf(start.env), stdio: 'pipe' }));
}

async function builtScript(app: string): Promise<string> {
  const script = join(root, 'dist', 'apps', app, 'src', 'main.js');
  await access(script).catch(() => {
    throw new Error(`${app} is not built: dist/apps/${app}/src/main.js is missing. Run \`npm run build\`.`);
  });
  return script;
}

async function isReady(app: RunningApp, { readyLine, readyUrl }: AppStart): Promise<boolean> {
  if (readyLine !== undefined && !app.output.some((line) => holds(line, readyLine))) return false;
  return readyUrl === undefined || answersWith200(readyUrl);
}

function holds(line: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? line.includes(wanted) : wanted.test(line);
}

function environmentOf(env: AppStart['env']): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, ...env };
}

function follow(child: ChildProcess): RunningApp {
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    if (stream !== null) createInterface({ input: stream }).on('line', (line) => output.push(line));
  // `close`, not `exit`: then everything it wrote has arrived.
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    pid: child.pid ?? 0,
    output,
    log: (event) => output.flatMap(parsed).filter((line) => event === undefined || line.event === event),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: () => stopped(child, ended),
    ended,
  };
}

async function stopped(child: ChildProcess, ended: Promise<number | null>): Promise<number | null> {
  child.kill('SIGTERM');
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), stopLimitMs);
  });
  const end = await Promise.race([ended, late]);
  clearTimeout(timer);
  if (end !== 'late') return end;
  child.kill('SIGKILL');
  await ended;
  throw new Error(`the process did not end within ${stopLimitMs} ms of SIGTERM`);
}

function parsed(line: string): readonly LogLine[] {
  if (!line.startsWith('{')) return [];
  try {
    return [JSON.parse(line) as LogLine];
  } catch {
    return [];
  }
}

function tail(app: RunningApp): string {
  return app.output.slice(-40).join('\n');
}
