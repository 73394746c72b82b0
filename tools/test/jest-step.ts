import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGroup } from './command-step.js';
import { jestResult } from './jest-report.js';
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
  readonly onLine: (line: string) => void;
}

/** A step that runs the tests of one Jest project. */
export function jestStep(name: string, options: JestOptions): Step {
  return { name, needs: options.needs, after: options.after, run: (signal) => runJest(name, options, signal) };
}

async function runJest(name: string, options: JestOptions, signal: AbortSignal): Promise<StepResult> {
  const folder = await mkdtemp(join(tmpdir(), 'earlybird-jest-'));
  const reportFile = join(folder, 'report.json');
  const args = [
    'node_modules/jest/bin/jest.js',
    '--ci',
    `--selectProjects=${options.project}`,
    `--maxWorkers=${options.workers}`,
    '--json',
    `--outputFile=${reportFile}`,
    // A project may be empty while the tree grows; a wrong name is an error all the same.
    '--passWithNoTests',
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
    const result = jestResult(name, text === undefined ? undefined : JSON.parse(text), output, process.cwd());
    const failures = run.leftBehind.map((left) => `${name}: a test left a process running (it was ended): ${left}`);
    return { ...result, failed: result.failed + failures.length, failures: [...result.failures, ...failures] };
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
