import { type Progress } from '../../progress.js';
import { withExclusiveLock } from '../exclusive-lock.js';
import { type Instance, lockFile } from '../instance.js';

/** Runs `work` while nobody else on this machine starts or stops servers of the instance. */
export function lockInstance<T>(instance: Instance, progress: Progress, work: () => Promise<T>): Promise<T> {
  const waiting = (): void => progress.note(`another process starts or stops the servers "${instance.name}"; waiting`);
  return withExclusiveLock(lockFile(instance), waiting, work);
}
