import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { childrenOf, identify, isRunning, killProcess, signal, stopProcess } from './process-identity.js';

/** A process that lives until it is told otherwise. */
async function start(...command: readonly string[]) {
  const [program = 'sleep', ...args] = command.length > 0 ? command : ['sleep', '600'];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child, 'spawn');
  const identity = await identify(child.pid ?? 0);
  if (identity === undefined) throw new Error('the process ended at once');
  return { child, identity };
}

describe('the identity of a process', () => {
  it('knows a running process, and that it is gone', async () => {
    const { identity } = await start();
    await expect(isRunning(identity)).resolves.toBe(true);
    await killProcess(identity);
    await expect(isRunning(identity)).resolves.toBe(false);
  });

  it('does not take another program with the same pid for the one it knew', async () => {
    const { identity } = await start();
    const before = { ...identity, startTicks: (identity.startTicks ?? 0) - 1 };
    await expect(isRunning(before)).resolves.toBe(false);
    await expect(signal(before, 'SIGKILL')).resolves.toBe(false);
    await expect(isRunning(identity)).resolves.toBe(true);
    await killProcess(identity);
  });

  it('does not take a process of this boot for one of another', async () => {
    const { identity } = await start();
    await expect(isRunning({ ...identity, bootId: 'another' })).resolves.toBe(false);
    await killProcess(identity);
  });

  it('kills what does not end when asked', async () => {
    const { identity, child } = await start('sh', '-c', "trap '' TERM; echo trapped; while :; do sleep 0.05; done");
    // Asked before that, it would end.
    await once(child.stdout, 'data');
    const exited = once(child, 'exit');
    await stopProcess(identity, 300);
    await expect(exited).resolves.toEqual([null, 'SIGKILL']);
  });

  it('finds the children of a process', async () => {
    const { identity, child } = await start('sh', '-c', 'sleep 600 & sleep 600; true');
    let children = await childrenOf(identity.pid);
    while (children.length < 2) children = await childrenOf(identity.pid);
    expect(children).toHaveLength(2);
    await Promise.all([...children, identity].map((process) => killProcess(process)));
    expect(child.killed || child.signalCode !== null || child.exitCode !== null).toBe(true);
  });
});
