import { PlainError } from '../../plain-error.js';
import { type Progress } from '../../progress.js';
import { runCommand } from '../run-command.js';

export const RABBITMQ_IMAGE = 'rabbitmq:4-management';
export const MONGODB_IMAGE = 'mongo:8';

/** An engine that is there answers at once; one that is starting or broken must not hold us up. */
const ANSWER_WITHIN_MS = 10_000;

/** Half a gigabyte over a slow line. */
const PULL_WITHIN_MS = 15 * 60_000;

/** Why Docker cannot be used, or undefined when an engine answers and both images are there (pulled now if they were not). */
export async function reasonAgainstDocker(progress: Progress): Promise<string | undefined> {
  const answers = await docker(['version', '--format', '{{.Server.Version}}'], ANSWER_WITHIN_MS);
  if (!answers) return 'no Docker engine answers';
  for (const image of [RABBITMQ_IMAGE, MONGODB_IMAGE]) {
    if (await docker(['image', 'inspect', image], ANSWER_WITHIN_MS)) continue;
    const pulled = await progress.step(`pulling ${image}`, () => docker(['pull', '--quiet', image], PULL_WITHIN_MS));
    if (!pulled) return `the image ${image} cannot be pulled`;
  }
  return undefined;
}

/** Whether a docker command succeeds in time. */
async function docker(args: readonly string[], withinMs: number): Promise<boolean> {
  try {
    await runCommand('docker', args, { signal: AbortSignal.timeout(withinMs) });
    return true;
  } catch (error) {
    if (error instanceof PlainError) return false;
    throw error;
  }
}
