import { runSteps } from './run-steps.js';
import { oneResult, type Step } from './step.js';

const silent = { began: () => undefined, ended: () => undefined };
const step = (
  name: string,
  needs: readonly string[],
  run: Step['run'] = async () => oneResult(true, name, ''),
): Step => ({
  name,
  needs,
  after: [],
  run,
});
const totals = (results: readonly { passed: number; failed: number }[]) =>
  results.reduce<[number, number]>((sum, { passed, failed }) => [sum[0] + passed, sum[1] + failed], [0, 0]);

describe('runSteps', () => {
  it('begins a step only after those that it needs', async () => {
    const order: string[] = [];
    const noting = (name: string, needs: readonly string[]): Step =>
      step(name, needs, async () => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
        return oneResult(true, name, '');
      });

    await runSteps([noting('b', ['a']), noting('a', [])], new AbortController().signal, silent);

    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('runs steps that do not wait for each other at the same time', async () => {
    let meet = (): void => undefined;
    const met = new Promise<void>((resolve) => (meet = resolve));
    const waiting = step('a', [], async () => {
      await met;
      return oneResult(true, 'a', '');
    });
    const meeting = step('b', [], async () => {
      meet();
      return oneResult(true, 'b', '');
    });

    expect(totals(await runSteps([waiting, meeting], new AbortController().signal, silent))).toEqual([2, 0]);
  });

  it('counts a step whose need failed as failed, and does not run it', async () => {
    let ran = false;
    const results = await runSteps(
      [
        step('servers', [], async () => oneResult(false, 'servers', 'no server')),
        step('tests', ['servers'], async () => {
          ran = true;
          return oneResult(true, 'tests', '');
        }),
      ],
      new AbortController().signal,
      silent,
    );

    expect(ran).toBe(false);
    expect(totals(results)).toEqual([0, 2]);
    expect(results[1]?.failures).toEqual(['tests: left out (needs servers)']);
  });

  it('runs a step after another one without needing its success', async () => {
    const order: string[] = [];
    const failing = step('lint', [], async () => {
      order.push('lint');
      return oneResult(false, 'lint', '');
    });
    const following: Step = {
      ...step('tests', [], async () => {
        order.push('tests');
        return oneResult(true, 'tests', '');
      }),
      after: ['lint'],
    };

    const results = await runSteps([following, failing], new AbortController().signal, silent);

    expect(order).toEqual(['lint', 'tests']);
    expect(totals(results)).toEqual([1, 1]);
  });

  it('turns an exception into a failure of its step', async () => {
    const results = await runSteps(
      [step('a', [], () => Promise.reject(new Error('broken'))), step('b', [])],
      new AbortController().signal,
      silent,
    );

    expect(totals(results)).toEqual([1, 1]);
    expect(results[0]?.output).toContain('broken');
  });

  it('begins nothing new once it is interrupted', async () => {
    const abort = new AbortController();
    const results = await runSteps(
      [
        step('a', [], async () => {
          abort.abort();
          return oneResult(true, 'a', '');
        }),
        { ...step('b', []), after: ['a'] },
      ],
      abort.signal,
      silent,
    );

    expect(results[1]?.failures).toEqual(['b: left out (interrupted)']);
  });
});
