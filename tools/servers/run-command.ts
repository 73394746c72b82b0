import { spawn } from 'node:child_process';
import { PlainError } from '../plain-error.js';

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Default is the root folder, so that no checkout is held. */
  readonly cwd?: string;
  /** Ends the program when it aborts. */
  readonly signal?: AbortSignal;
  /** Called with each line of output while the command runs. */
  readonly onLine?: (line: string) => void;
}

/** How much of a failed command's output its error message repeats: enough for apt's complaint, little enough to read. */
const REPEATED_LINES = 15;

/**
 * Runs a program to its end and returns what it printed on both outputs.
 * @throws PlainError with the last lines of output when it cannot be started or ends with a failure.
 */
export async function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: options.env ?? process.env,
    cwd: options.cwd ?? '/',
    ...(options.signal && { signal: options.signal }),
  });
  let output = '';
  let unfinishedLine = '';
  const take = (chunk: Buffer): void => {
    output += chunk.toString();
    const lines = (unfinishedLine + chunk.toString()).split('\n');
    unfinishedLine = lines.pop() ?? '';
    lines.forEach((line) => options.onLine?.(line));
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (error) => reject(new PlainError(`${program} could not be started: ${error.message}`)));
    child.once('close', resolve);
  });
  if (exitCode === 0) return output;
  const last = output.trimEnd().split('\n').slice(-REPEATED_LINES).join('\n');
  throw new PlainError(`${program} ${args.slice(0, 3).join(' ')} … failed:\n${last}`);
}
