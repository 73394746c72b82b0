import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(import.meta.dirname, '..', '..', '..', '..');

// Each test starts a process that compiles itself first.
interface Ended {
  readonly code: number | null;
  readonly events: readonly string[];
}

/** Starts the small app, sends each signal as soon as the app has logged what stands beside it, and waits for its end. */
async function run(behaviour: string, signals: readonly (readonly [string, NodeJS.Signals])[] = []): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'libs/ops/test/small-app.ts', behaviour], {
    cwd: root,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const waiting = [...signals];
  child.stdout?.on('data', (chunk: Buffer) => {
    const next = waiting[0];
    if (next !== undefined && chunk.toString().includes(`"event":"${next[0]}"`)) child.kill(waiting.shift()?.[1]);
  });
  const [output, [code]] = await Promise.all([outputOf(child), once(child, 'exit') as Promise<[number | null]>]);
  const events = output
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { event: string }).event);
  return { code, events };
}

const outputOf = (child: ChildProcess) => (child.stdout === null ? Promise.resolve('') : text(child.stdout));

describe('a process', () => {
  it('stops gracefully at a signal', async () => {
    expect(await run('work', [['process_started', 'SIGTERM']])).toEqual({
      code: 0,
      events: ['process_started', 'stopping', 'stopped'],
    });
  });

  it('ends when its stop takes too long', async () => {
    expect(await run('hang', [['process_started', 'SIGINT']])).toEqual({
      code: 1,
      events: ['process_started', 'stopping', 'stop_forced'],
    });
  });

  it('ends at once at a second signal', async () => {
    const signals = [
      ['process_started', 'SIGTERM'],
      ['stopping', 'SIGTERM'],
    ] as const;
    expect(await run('hang', signals)).toEqual({ code: 1, events: ['process_started', 'stopping', 'stop_forced'] });
  });

  it.each(['reject', 'throw'])('ends with 70 and its last words when a bug surfaces (%s)', async (bug) => {
    const { code, events } = await run(bug);
    expect(code).toBe(70);
    expect(events.at(-1)).toBe('crashed');
  });

  it('ends with 1 when it cannot start', async () => {
    expect(await run('fail')).toEqual({ code: 1, events: ['start_failed'] });
  });
});
