import { join } from 'node:path';
import { PlainError } from '../plain-error.js';
import { type Progress } from '../progress.js';
import { until } from '../servers/until.js';
import { type AppName } from './app-environments.js';
import { AppProcess } from './app-process.js';
import { isTrouble, readableLine } from './log-line.js';
import { type Ports } from './ports.js';
import { changeStart } from './running-start.js';

/** A cold start on a loaded laptop. */
const READY_WITHIN_MS = 90_000;

/** The apps finish what is in hand within 25 s by themselves. */
const STOP_WITHIN_MS = 30_000;

/** Where each app says that it is ready. */
const readyUrls = (ports: Ports): Readonly<Record<AppName, string>> => ({
  'myoperator-simulator': `http://127.0.0.1:${ports.SIMULATOR_ADMIN_PORT}/health`,
  worker: `http://127.0.0.1:${ports.WORKER_PORT}/health/ready`,
  api: `http://127.0.0.1:${ports.API_METRICS_PORT}/health/ready`,
  storefront: `http://127.0.0.1:${ports.STOREFRONT_PORT}/health`,
});

/** Side by side, except that the api publishes to what the worker declares. */
const START_ORDER: readonly (readonly AppName[])[] = [['myoperator-simulator', 'worker', 'storefront'], ['api']];

/** Who produces stops first, so that the others can finish what they have. */
const STOP_ORDER: readonly (readonly AppName[])[] = [['storefront', 'api'], ['worker'], ['myoperator-simulator']];

/** The four apps of a local system. */
export class Apps {
  private readonly processes: ReadonlyMap<AppName, AppProcess>;
  /** Before everything is up only trouble is worth a line. */
  private isQuiet = true;
  private readonly lastLines = new Map<AppName, readonly string[]>();

  constructor(
    environments: Readonly<Record<AppName, NodeJS.ProcessEnv>>,
    private readonly ports: Ports,
    logFolder: string,
  ) {
    this.processes = new Map(
      START_ORDER.flat().map((name) => [name, this.process(name, environments[name], logFolder)]),
    );
  }

  /** @throws PlainError with an app's last words when it does not become ready */
  async start(progress: Progress): Promise<void> {
    for (const names of START_ORDER) {
      await progress.step(`starting ${names.join(', ')}`, async () => {
        await Promise.all(names.map((name) => this.startOne(name)));
      });
    }
    this.isQuiet = false;
  }

  async stop(): Promise<void> {
    this.isQuiet = true;
    for (const names of STOP_ORDER) {
      await Promise.all(names.map(async (name) => this.processes.get(name)?.stop(STOP_WITHIN_MS)));
    }
  }

  kill(): void {
    this.processes.forEach((process) => process.kill());
  }

  private async startOne(name: AppName): Promise<void> {
    const process = this.processes.get(name);
    await process?.start();
    const failure = async (): Promise<Error> => {
      const words = (this.lastLines.get(name) ?? []).map((line) => `  ${readableLine(name, line)}`).join('\n');
      return new PlainError(`${name} did not become ready. Its last words:\n${words}`);
    };
    await until(
      async () => {
        if (process?.isAlive !== true) throw await failure();
        const answer = await fetch(readyUrls(this.ports)[name], { signal: AbortSignal.timeout(5_000) }).catch(
          () => undefined,
        );
        return answer?.ok === true ? true : undefined;
      },
      READY_WITHIN_MS,
      failure,
    );
  }

  private process(name: AppName, env: NodeJS.ProcessEnv, logFolder: string): AppProcess {
    return new AppProcess({
      name,
      env,
      logFile: join(logFolder, `${name}.log`),
      onLine: (line) => this.take(name, line),
      onSpawned: (identity) => changeStart((start) => ({ ...start, apps: [...start.apps, identity] })),
      onCrash: (words, willRestart) =>
        console.log(
          `           ${name} ${words}${willRestart ? '; it is started again' : ' and is not started again'}`,
        ),
    });
  }

  private take(name: AppName, line: string): void {
    this.lastLines.set(name, [...(this.lastLines.get(name) ?? []).slice(-9), line]);
    // The simulator's messages are shown themselves.
    const isQuiet = this.isQuiet || name === 'myoperator-simulator';
    if (line !== '' && (!isQuiet || isTrouble(line))) console.log(readableLine(name, line));
  }
}
