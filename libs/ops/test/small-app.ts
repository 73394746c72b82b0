import { createLogger, startProcess } from '@earlybird/ops';

/** A process for process.integration.ts: comes up, and then does what its first argument says. */
const behaviour = process.argv[2] ?? 'work';
const log = createLogger({ app: 'worker', level: 'info' });

startProcess('small-app', { log: { level: 'info' }, stop: { deadlineMs: 300 } }, log, async (stop) => {
  const work = setInterval(() => undefined, 1_000);
  stop.onStop('work', () => {
    clearInterval(work);
    return behaviour === 'hang' ? new Promise<void>(() => undefined) : undefined;
  });
  if (behaviour === 'reject') void Promise.reject(new Error('nobody caught this'));
  if (behaviour === 'throw') setImmediate(() => thrower());
  if (behaviour === 'fail') throw new Error('a rule names an unknown event');
});

function thrower(): never {
  throw new Error('nobody caught this either');
}
