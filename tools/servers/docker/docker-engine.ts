import { PlainError } from '../../plain-error.js';
import { type Progress } from '../../progress.js';
import { runCommand } from '../run-command.js';

export const RABBITMQ_IMAGE = 'rabbitmq:4-management';
export const MONGODB_IMAGE = 'mongo:8';

/** An engine that is there answers at once; one that is starting or broken must not hold us up. */
const ANSWER_WITHIN_MS = 10_000;

/** Half a gigabyte over a slow line. */
const PULL_WITHIN_MS = 15 * 60_000;

/** Why there is no Docker engine to use, or undefined when one answers. */
export async function reasonAgainstEngine(): Promise<string | undefined> {
  const answers = await docker(['version', '--format', '{{.Server.Version}}'], ANSWER_WITHIN_MS);
  return answers ? undefined : 'no Docker engine answers';
}

/**
 * Pulls the images of both servers, unless they are there.
 * @throws PlainError naming the image that cannot be pulled
 */
export async function pullImages(progress: Progress): Promise<void> {
  for (const image of [RABBITMQ_IMAGE, MONGODB_IMAGE]) {
    if (await docker(['image', 'inspect', image], ANSWER_WITHIN_MS)) continue;
    const pulled = await progress.step(`pulling ${image}`, () => docker(['pull', '--quiet', image], PULL_WITHIN_MS));
    if (!pulled) throw new PlainError(`the image ${image} cannot be pulled`);
  }
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
