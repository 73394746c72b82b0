import { type AppStart, type LogLine, type RunningApp, startApp } from '../running-app.js';

/** One process of a system: it can be killed, stopped and started again, always with the same environment and port. */
export class SystemProcess {
  private readonly lives: RunningApp[] = [];
  /** Lives whose end was asked for. */
  private readonly asked = new Set<RunningApp>();

  /** `name` is what people call it: `worker 1`. */
  constructor(
    readonly name: string,
    readonly settings: AppStart,
  ) {}

  /** Resolves when it is ready. Does nothing while it runs. */
  async start(): Promise<void> {
    if (this.isRunning) return;
    const life = await startApp(this.settings);
    this.lives.push(life);
    void life.ended.then(() => this.over.add(life));
  }

  /** SIGKILL; resolves when it is gone. */
  async kill(): Promise<void> {
    const life = this.current;
    if (life === undefined) return;
    this.asked.add(life);
    await life.kill();
    this.over.add(life);
  }

  /** SIGTERM; resolves with the exit code when it is gone. */
  async stop(): Promise<number | null> {
    const life = this.current;
    if (life === undefined) return null;
    this.asked.add(life);
    const code = await life.stop();
    this.over.add(life);
    return code;
  }

  get isRunning(): boolean {
    return this.current !== undefined;
  }

  /** Of the life that runs; 0 when none does. */
  get pid(): number {
    return this.current?.pid ?? 0;
  }

  /** How often it ended without being asked: each is a crash. */
  get crashes(): number {
    return this.lives.filter((life) => this.over.has(life) && !this.asked.has(life)).length;
  }

  /** Everything that all its lives wrote, by line. */
  get output(): readonly string[] {
    return this.lives.flatMap(({ pid, output }) => [`--- process ${pid} ---`, ...output]);
  }

  /** The lines of its log over all lives; of one event when that is given. */
  log(event?: string): readonly LogLine[] {
    return this.lives.flatMap((life) => life.log(event));
  }

  private readonly over = new Set<RunningApp>();

  private get current(): RunningApp | undefined {
    const last = this.lives.at(-1);
    return last === undefined || this.over.has(last) ? undefined : last;
  }
}
