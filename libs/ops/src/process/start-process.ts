import { type ProcessConfig } from '../config/slices/process-slices.js';
import { type Log } from '../log/log.js';
import { GracefulStop } from './graceful-stop.js';
import { systemClock } from './system-clock.js';

/** What an orchestrator, a terminal and a parent send when they want us to end. */
const stopSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** sysexits.h: EX_SOFTWARE. */
const bug = 70;

/**
 * Runs an app: `start` brings it up and registers with `stop` how it goes down again. Signals stop it gracefully, even
 * while it still waits for a server. An error that nobody caught ends the process at once: its state is not known any
 * more, and what was in hand is redelivered.
 */
export function startProcess(
  app: string,
  config: ProcessConfig,
  log: Log,
  start: (stop: GracefulStop) => Promise<void>,
): void {
  const stop = new GracefulStop({
    log,
    clock: systemClock,
    deadlineMs: config.stop.deadlineMs,
    exit: (code) => process.exit(code),
  });
  for (const signal of stopSignals) process.on(signal, () => void stop.stop(signal));
  process.on('uncaughtException', (error) => crash(log, 'uncaught exception', error));
  process.on('unhandledRejection', (error) => crash(log, 'unhandled rejection', error));

  const startedAt = Date.now();
  start(stop).then(
    () => log.event('process_started', { context: app, node: process.version, durationMs: Date.now() - startedAt }),
    (error: unknown) => {
      if (stop.isStopping) return;
      log.event('start_failed', { error });
      process.exit(1);
    },
  );
}

function crash(log: Log, reason: string, error: unknown): void {
  log.event('crashed', { reason, error });
  process.exit(bug);
}
