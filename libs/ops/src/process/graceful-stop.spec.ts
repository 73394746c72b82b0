import { type Log } from '../log/log.js';
import { GracefulStop } from './graceful-stop.js';

function setUp() {
  const lines: string[] = [];
  const log: Log = { event: (name) => void lines.push(name), child: () => log };
  const exits: number[] = [];
  let passDeadline: () => void = () => undefined;
  const deadline = new Promise<void>((resolve) => (passDeadline = resolve));
  const clock = { now: () => new Date(0), steadyMs: () => 0, sleep: () => deadline };
  const stop = new GracefulStop({ log, clock, deadlineMs: 25_000, exit: (code) => void exits.push(code) });
  return { stop, lines, exits, passDeadline };
}

describe('a graceful stop', () => {
  it('stops last what started first, then ends with 0', async () => {
    const { stop, lines, exits } = setUp();
    const order: string[] = [];
    stop.onStop('MongoDB', () => void order.push('MongoDB'));
    stop.onStop('RabbitMQ', async () => void order.push('RabbitMQ'));
    stop.onStop('consumers', () => void order.push('consumers'));
    await stop.stop('SIGTERM');
    expect(order).toEqual(['consumers', 'RabbitMQ', 'MongoDB']);
    expect(lines).toEqual(['stopping', 'stopped']);
    expect(exits).toEqual([0]);
  });

  it('stops the rest although one step fails', async () => {
    const { stop, lines, exits } = setUp();
    let closed = false;
    stop.onStop('MongoDB', () => {
      closed = true;
    });
    stop.onStop('RabbitMQ', () => {
      throw new Error('channel closed');
    });
    await stop.stop('SIGTERM');
    expect(closed).toBe(true);
    expect(lines).toEqual(['stopping', 'stop_step_failed', 'stopped']);
    expect(exits).toEqual([0]);
  });

  it('ends with 1 when the deadline passes', async () => {
    const { stop, lines, exits, passDeadline } = setUp();
    stop.onStop('consumers', () => new Promise(() => undefined));
    const stopped = stop.stop('SIGTERM');
    passDeadline();
    await stopped;
    expect(lines).toEqual(['stopping', 'stop_forced']);
    expect(exits).toEqual([1]);
  });

  it('ends at once at a second signal, and only once', async () => {
    const { stop, lines, exits } = setUp();
    let finish: () => void = () => undefined;
    stop.onStop('consumers', () => new Promise<void>((resolve) => (finish = resolve)));
    const first = stop.stop('SIGTERM');
    expect(stop.isStopping).toBe(true);
    await stop.stop('SIGINT');
    expect(exits).toEqual([1]);
    finish();
    await first;
    expect(lines).toEqual(['stopping', 'stop_forced']);
    expect(exits).toEqual([1]);
  });
});
