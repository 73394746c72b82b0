import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkoutFolder } from '../servers/instance.js';
import { identify, type ProcessIdentity } from '../servers/process-identity.js';
import { type AppName } from './app-environments.js';

/** A small young generation keeps a worker at rest below 120 MB: V8's own lets 16 MB of garbage pile up before it looks. */
const nodeOptions = ['--enable-source-maps', '--max-semi-space-size=2'];

/** Exit code of an app whose settings are wrong (sysexits.h: EX_CONFIG): it would say the same again. */
const WRONG_SETTINGS = 78;

/** A crash now and then is survived; an app that always dies is not started for ever. */
const RESTARTS_WITHIN_MS = 60_000;
const MOST_RESTARTS = 10;

/** Long enough that a crash loop can be read, short enough not to wait for. */
const RESTART_AFTER_MS = 1_000;

export interface AppProcessOptions {
  readonly name: AppName;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly onLine: (line: string) => void;
  readonly onSpawned: (identity: ProcessIdentity) => Promise<void>;
  /** The app ended although nobody asked it to. */
  readonly onCrash: (words: string, willRestart: boolean) => void;
}

/**
 * One app as a child process in a group of its own, so that Ctrl-C in the terminal reaches only `npm start`, which stops the apps in
 * order. An app that crashes or is killed is started again.
 */
export class AppProcess {
  private child: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();
  private isStopping = false;
  private crashes: readonly number[] = [];

  constructor(private readonly options: AppProcessOptions) {}

  get name(): AppName {
    return this.options.name;
  }

  /** Whether the app runs, or will again. */
  get isAlive(): boolean {
    return this.child !== undefined;
  }

  async start(): Promise<void> {
    if (this.isStopping) return;
    const { name, env, logFile, onLine, onSpawned } = this.options;
    await mkdir(dirname(logFile), { recursive: true });
    const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
    const program = join(checkoutFolder, 'dist', 'apps', name, 'src', 'main.js');
    const endWithParent = new URL('end-with-parent.mjs', import.meta.url).href;
    const child = spawn(process.execPath, [...nodeOptions, '--import', endWithParent, program], {
      cwd: checkoutFolder,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    this.ended = new Promise((resolve) => child.once('close', () => resolve()));
    takeLines(child, log, onLine);
    child.once('close', (code, signal) => this.close(code, signal));
    const identity = child.pid === undefined ? undefined : await identify(child.pid);
    if (identity !== undefined) await onSpawned(identity);
  }

  /** Asks the app to finish what it has in hand; kills it after `deadlineMs`. */
  async stop(deadlineMs: number): Promise<void> {
    this.isStopping = true;
    this.child?.kill('SIGTERM');
    const deadline = setTimeout(() => this.kill(), deadlineMs);
    await this.ended;
    clearTimeout(deadline);
  }

  kill(): void {
    this.isStopping = true;
    this.child?.kill('SIGKILL');
  }

  private close(code: number | null, signal: NodeJS.Signals | null): void {
    this.child = undefined;
    if (this.isStopping) return;
    const now = Date.now();
    this.crashes = [...this.crashes.filter((at) => at > now - RESTARTS_WITHIN_MS), now];
    const willRestart = code !== WRONG_SETTINGS && this.crashes.length <= MOST_RESTARTS;
    this.options.onCrash(signal === null ? `ended with code ${code ?? 0}` : `was ended by ${signal}`, willRestart);
    if (!willRestart) return;
    setTimeout(() => {
      if (!this.isStopping) void this.start();
    }, RESTART_AFTER_MS);
  }
}

/** Every line goes to the file as it is, and to the listener. */
function takeLines(child: ChildProcess, log: WriteStream, onLine: (line: string) => void): void {
  for (const output of [child.stdout, child.stderr]) {
    let unfinished = '';
    output?.on('data', (chunk: Buffer) => {
      log.write(chunk);
      const lines = (unfinished + chunk.toString()).split('\n');
      unfinished = lines.pop() ?? '';
      lines.forEach(onLine);
    });
  }
  child.once('close', () => log.end());
}
