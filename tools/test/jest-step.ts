import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runGroup } from './command-step.js';
import { afterSecondTry, failedFiles, jestResult } from './jest-report.js';
import { type Step, type StepResult } from './step.js';

export interface JestOptions {
  /** A project of jest.config.js. */
  readonly project: string;
  readonly needs: readonly string[];
  readonly after: readonly string[];
  /** Looked at when the step begins, because servers are known only then. */
  readonly env: () => NodeJS.ProcessEnv;
  readonly workers: number;
  readonly limitMs: number;
  readonly givesWay: boolean;
  /** Whether files that fail are tried again, alone: for tests that share a machine with what they measure. */
  readonly secondTry: boolean;
  readonly onLine: (line: string) => void;
}

/** A step that runs the tests of one Jest project. */
export function jestStep(name: string, options: JestOptions): Step {
  return { name, needs: options.needs, after: options.after, run: (signal) => runJest(name, options, signal) };
}

/** More than so many files that fail are no unsteadiness. */
const mostSecondTries = 3;

/** What fails beside others is tried a second time, alone (decision 0017). */
async function runJest(name: string, options: JestOptions, signal: AbortSignal): Promise<StepResult> {
  const first = await runOnce(name, options, signal, [`--maxWorkers=${options.workers}`]);
  const files = first.failedFiles;
  if (!options.secondTry || files.length === 0 || files.length > mostSecondTries || signal.aborted) return first.result;
  options.onLine(`AGAIN, alone: ${files.map(fromRoot).join(', ')}`);
  const second = await runOnce(name, options, signal, ['--runInBand', '--runTestsByPath', ...files]);
  return afterSecondTry(first.result, second.result, files.map(fromRoot));
}

const fromRoot = (file: string): string => relative(process.cwd(), file);

async function runOnce(
  name: string,
  options: JestOptions,
  signal: AbortSignal,
  how: readonly string[],
): Promise<{ readonly result: StepResult; readonly failedFiles: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'earlybird-jest-'));
  const reportFile = join(folder, 'report.json');
  const args = [
    'node_modules/jest/bin/jest.js',
    '--ci',
    `--selectProjects=${options.project}`,
    '--json',
    `--outputFile=${reportFile}`,
    // A project may be empty while the tree grows; a wrong name is an error all the same.
    '--passWithNoTests',
    ...how,
  ];
  const env = {
    ...options.env(),
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    FORCE_COLOR: '0',
  };
  try {
    const { limitMs, givesWay, onLine } = options;
    const run = await runGroup(args, signal, { env, limitMs, givesWay, onLine });
    const text = await readFile(reportFile, 'utf8').catch(() => undefined);
    const output = withoutReport(run.output);
    const report: unknown = text === undefined ? undefined : JSON.parse(text);
    const result = jestResult(name, report, output, process.cwd());
    const failures = run.leftBehind.map((left) => `${name}: a test left a process running (it was ended): ${left}`);
    return {
      result: { ...result, failed: result.failed + failures.length, failures: [...result.failures, ...failures] },
      failedFiles: failedFiles(report),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** With `--json` Jest repeats its report on standard output, on one line. */
function withoutReport(output: string): string {
  return output
    .split('\n')
    .filter((line) => !line.startsWith('{"numFailedTestSuites"') && !line.startsWith('Test results written to'))
    .join('\n');
}
