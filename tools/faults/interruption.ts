import { PlainError } from '../plain-error.js';

/** Rejects when somebody ends the run (Ctrl-C, SIGTERM); whoever races it stops what it started. The second signal ends at once. */
export function interruption(): Promise<never> {
  const interrupted = new Promise<never>((_, reject) => {
    const end = (): void => {
      console.log('\n  interrupted: stopping what was started …');
      reject(new PlainError('Interrupted. Nothing was judged; everything that was started has been stopped.'));
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
  });
  // It may come before anybody races it.
  interrupted.catch(() => undefined);
  return interrupted;
}
