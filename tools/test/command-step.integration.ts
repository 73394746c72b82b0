import { identify } from '../servers/process-identity.js';
import { until } from '../servers/until.js';
import { runGroup } from './command-step.js';

const node = (program: string): readonly string[] => ['-e', program];
const noAbort = new AbortController().signal;

async function gone(pid: number): Promise<void> {
  const late = async (): Promise<Error> => new Error(`process ${pid} still runs`);
  await until(async () => ((await identify(pid)) === undefined ? true : undefined), 5_000, late);
}

describe('runGroup', () => {
  it('tells success from failure and keeps what was printed', async () => {
    await expect(
      runGroup(node("console.log('out'); console.error('err')"), noAbort, { limitMs: 10_000 }),
    ).resolves.toEqual({
      ok: true,
      output: expect.stringMatching(/out\n[^]*err\n|err\n[^]*out\n/) as string,
      leftBehind: [],
    });
    await expect(runGroup(node('process.exit(3)'), noAbort, { limitMs: 10_000 })).resolves.toMatchObject({ ok: false });
  });

  it('ends a command that takes too long, and says so', async () => {
    const run = await runGroup(node('setInterval(() => {}, 1000)'), noAbort, { limitMs: 300 });
    expect(run).toMatchObject({ ok: false, output: expect.stringContaining('it took too long') as string });
  });

  it('ends a command and what it started when the run is interrupted', async () => {
    const abort = new AbortController();
    const program = `
      const child = require('child_process').spawn('sleep', ['600']);
      console.log('child', child.pid);
      setInterval(() => {}, 1000)`;
    let pid = 0;
    const run = await runGroup(node(program), abort.signal, {
      limitMs: 20_000,
      onLine: (line) => {
        pid = Number(/child (\d+)/.exec(line)?.[1]);
        abort.abort();
      },
    });
    expect(run.ok).toBe(false);
    await gone(pid);
  });

  it('ends and reports processes that a command left behind', async () => {
    const program = `
      const child = require('child_process').spawn('sleep', ['600'], { stdio: 'ignore' });
      child.unref();
      console.log('child', child.pid);`;
    const run = await runGroup(node(program), noAbort, { limitMs: 20_000 });
    const pid = Number(/child (\d+)/.exec(run.output)?.[1]);
    expect(run).toMatchObject({ ok: true, leftBehind: [`${pid} sleep 600`] });
    await gone(pid);
  });

  it('lets a process that is about to end take its last breath', async () => {
    const program = `
      const child = require('child_process').spawn('sleep', ['1'], { stdio: 'ignore' });
      child.unref();`;
    await expect(runGroup(node(program), noAbort, { limitMs: 20_000 })).resolves.toMatchObject({ leftBehind: [] });
  });
});
