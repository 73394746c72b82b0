import { type Clock } from '@earlybird/core';
import { type Log } from '../log/log.js';

/** What a stop needs; `exit` ends the process. */
export interface GracefulStopOptions {
  readonly log: Log;
  readonly clock: Clock;
  readonly deadlineMs: number;
  readonly exit: (code: number) => void;
}

interface StopStep {
  readonly name: string;
  run(): Promise<void> | void;
}

/**
 * The orderly end of a process. Whatever started registers how it stops; the last one to start stops first. A step that
 * fails does not keep the others from stopping.
 *
 * ```
 *  running ──signal──▶ stopping ──all steps done──▶ exit 0
 *                        │ deadline passed, or a second signal ──▶ exit 1: what was in hand is redelivered
 * ```
 */
export class GracefulStop {
  private readonly steps: StopStep[] = [];
  private startedAt: number | undefined;
  private currentStep: string | undefined;
  private ended = false;

  constructor(private readonly options: GracefulStopOptions) {}

  /** True from the first signal on: start nothing new. */
  get isStopping(): boolean {
    return this.startedAt !== undefined;
  }

  /** Registers a step. Those registered later run earlier. */
  onStop(name: string, run: StopStep['run']): void {
    this.steps.unshift({ name, run });
  }

  /** Stops; called again, ends the process at once. Resolves after `exit` was called. */
  async stop(signal: string): Promise<void> {
    const { log, clock, deadlineMs, exit } = this.options;
    if (this.startedAt !== undefined) return this.force('second signal');
    this.startedAt = clock.steadyMs();
    log.event('stopping', { signal, deadlineMs });
    const inTime = await Promise.race([this.runSteps().then(() => true), clock.sleep(deadlineMs).then(() => false)]);
    if (!inTime) return this.force('deadline passed');
    if (this.ended) return;
    this.ended = true;
    log.event('stopped', { durationMs: this.elapsedMs() });
    exit(0);
  }

  private async runSteps(): Promise<void> {
    for (let step = this.steps.shift(); step !== undefined; step = this.steps.shift()) {
      this.currentStep = step.name;
      try {
        await step.run();
      } catch (error) {
        this.options.log.event('stop_step_failed', { step: step.name, error });
      }
    }
  }

  private force(reason: string): void {
    if (this.ended) return;
    this.ended = true;
    this.options.log.event('stop_forced', { reason, step: this.currentStep, durationMs: this.elapsedMs() });
    this.options.exit(1);
  }

  private elapsedMs(): number {
    return this.options.clock.steadyMs() - (this.startedAt ?? 0);
  }
}
