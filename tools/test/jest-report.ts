import { z } from 'zod';
import { type StepResult } from './step.js';

/** What Jest writes with `--json`, as far as it is needed. */
const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/**
 * Jest prints these when a test left a timer, a connection or a consumer behind. That a worker of its own had to be ended is no such
 * sign: Jest gives it half a second, which a busy machine does not have. `guardLeaks` of libs/testing names what a file left open.
 */
const LEAK_SIGNS = ['did not exit one second after', 'open handle'];

/**
 * The result of a Jest run from its report and what it printed. Beside failed tests these count as failures too: a file that could
 * not be run, a test that was skipped (a suite never skips in silence), and a leak.
 */
export function jestResult(name: string, report: unknown, output: string, root: string): StepResult {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) {
    return { passed: 0, failed: 1, failures: [`${name}: Jest ended without a report`], output };
  }
  const { numPassedTests, testResults } = parsed.data;
  const failures = [
    ...testResults.flatMap((file) => failuresOf({ ...file, name: file.name.replace(`${root}/`, '') })),
    ...LEAK_SIGNS.filter((sign) => output.includes(sign))
      .map(() => `${name}: something stayed open after the tests (timer, connection or consumer)`)
      .slice(0, 1),
  ];
  return { passed: numPassedTests, failed: failures.length, failures, output };
}

/** The files in which something failed. */
export function failedFiles(report: unknown): readonly string[] {
  const parsed = reportSchema.safeParse(report);
  return parsed.success
    ? parsed.data.testResults.filter(({ status }) => status === 'failed').map(({ name }) => name)
    : [];
}

/**
 * What a run and the second try of its failed files come to: what fails again has failed, what passes alone is unsteady, and a
 * failure that is no test's (a leak) stays one. A second try that passed fewer tests than it would excuse excuses none.
 */
export function afterSecondTry(first: StepResult, second: StepResult, tried: readonly string[]): StepResult {
  const wasTried = (failure: string): boolean => tried.some((file) => failure.startsWith(file));
  const unsteady = first.failures.filter((failure) => wasTried(failure) && !second.failures.includes(failure));
  if (second.passed < unsteady.length) return first;
  const failures = [...first.failures.filter((failure) => !wasTried(failure)), ...second.failures];
  return {
    passed: first.passed + unsteady.length,
    failed: failures.length,
    failures,
    unsteady,
    output: `${first.output}\n\nThe second try, alone:\n${second.output}`,
  };
}

type FileReport = z.infer<typeof reportSchema>['testResults'][number];

function failuresOf({ name, status, message, assertionResults }: FileReport): readonly string[] {
  const tests = assertionResults.filter((test) => test.status !== 'passed');
  if (tests.length > 0) {
    return tests.map((test) => `${name} › ${test.fullName}${test.status === 'failed' ? '' : ` (${test.status})`}`);
  }
  return status === 'failed' ? [`${name} could not be run: ${firstLine(message)}`] : [];
}

function firstLine(message: string): string {
  return (
    message
      .split('\n')
      .map((line) => line.trim())
      .find((line) => line !== '' && !line.startsWith('●')) ?? 'no reason given'
  );
}
