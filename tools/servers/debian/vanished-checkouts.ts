import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type Progress, silentProgress } from '../../progress.js';
import { allInstances, type Instance, lockFile, readState } from '../instance.js';
import { deleteFolder } from './server-root.js';

/**
 * Deletes the test servers of checkouts that are gone, running or not: nobody would ever come back for them. Data of `npm start` are
 * left alone, for a folder may be gone for a while only.
 */
export async function forgetVanishedCheckouts(
  stop: (instance: Instance, progress: Progress) => Promise<unknown>,
  progress: Progress,
): Promise<void> {
  for (const instance of await allInstances()) {
    const state = await readState(instance);
    if (state?.profile !== 'test' || existsSync(state.checkout)) continue;
    progress.note(`deleting the test servers "${instance.name}" of ${state.checkout}, which is gone`);
    await stop(instance, silentProgress);
    await deleteFolder(instance.folder);
    await rm(lockFile(instance), { force: true });
  }
}
