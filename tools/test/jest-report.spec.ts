import { afterSecondTry, failedFiles, jestResult } from './jest-report.js';

const file = (over: object) => ({
  name: '/root/libs/a.spec.ts',
  status: 'passed',
  message: '',
  assertionResults: [],
  ...over,
});
const report = (...testResults: object[]) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  testResults,
});

describe('jestResult', () => {
  it('counts passed tests and names each failed one with its file', () => {
    const failed = file({
      status: 'failed',
      assertionResults: [
        { fullName: 'parks it', status: 'failed' },
        { fullName: 'sends it', status: 'passed' },
      ],
    });
    expect(jestResult('unit tests', report(failed), '', '/root')).toMatchObject({
      passed: 3,
      failed: 1,
      failures: ['libs/a.spec.ts › parks it'],
    });
  });

  it('counts a file that could not be run as a failure', () => {
    const broken = file({ status: 'failed', message: '  ● Test suite failed to run\n\n    Cannot find module x\n' });
    expect(jestResult('unit tests', report(broken), '', '/root')).toMatchObject({
      failed: 1,
      failures: ['libs/a.spec.ts could not be run: Cannot find module x'],
    });
  });

  it('counts a skipped test as a failure', () => {
    const skipped = file({ assertionResults: [{ fullName: 'waits', status: 'pending' }] });
    expect(jestResult('unit tests', report(skipped), '', '/root').failures).toEqual([
      'libs/a.spec.ts › waits (pending)',
    ]);
  });

  it('counts a leak as a failure', () => {
    const output = 'Jest did not exit one second after the test run has completed.';
    expect(jestResult('unit tests', report(file({})), output, '/root').failed).toBe(1);
  });

  it('counts a run without a report as a failure', () => {
    expect(jestResult('unit tests', undefined, 'out of memory', '/root')).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe('a second try', () => {
  const result = (passed: number, ...failures: string[]) => ({
    passed,
    failed: failures.length,
    failures,
    output: 'told',
  });

  it('is made of the files in which something failed', () => {
    expect(failedFiles(report(file({}), file({ name: '/root/b.e2e.ts', status: 'failed' })))).toEqual([
      '/root/b.e2e.ts',
    ]);
    expect(failedFiles(undefined)).toEqual([]);
  });

  it('calls what passes alone unsteady, and what fails again failed', () => {
    const first = result(7, 'b.e2e.ts › waits', 'b.e2e.ts › sends', 'servers: something stayed open');
    const second = result(3, 'b.e2e.ts › sends');
    expect(afterSecondTry(first, second, ['b.e2e.ts'])).toMatchObject({
      passed: 8,
      failed: 2,
      failures: ['servers: something stayed open', 'b.e2e.ts › sends'],
      unsteady: ['b.e2e.ts › waits'],
    });
  });

  it('excuses nothing when it ran nothing', () => {
    const first = result(7, 'b.e2e.ts › waits');
    expect(afterSecondTry(first, result(0), ['b.e2e.ts'])).toEqual(first);
  });

  it('fails by what fails in it alone', () => {
    const combined = afterSecondTry(result(7, 'b.e2e.ts › waits'), result(1, 'b.e2e.ts › sends'), ['b.e2e.ts']);
    expect(combined).toMatchObject({ failed: 1, failures: ['b.e2e.ts › sends'] });
  });
});
