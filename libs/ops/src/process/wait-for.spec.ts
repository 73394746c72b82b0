import { type Clock } from '@earlybird/core';
import { type Log } from '../log/log.js';
import { waitFor } from './wait-for.js';

class PassingClock implements Clock {
  readonly sleeps: number[] = [];
  private time = 0;
  now = () => new Date(this.time);
  steadyMs = () => this.time;
  async sleep(ms: number) {
    this.sleeps.push(ms);
    this.time += ms;
  }
}

function recording() {
  const lines: { name: string; [field: string]: unknown }[] = [];
  const log: Log = { event: (name, fields) => void lines.push({ name, ...fields }), child: () => log };
  return { lines, log };
}

const failing = (times: number) => {
  let left = times;
  return async () => {
    if (left-- > 0) throw new Error('connect ECONNREFUSED');
    return 'connected';
  };
};

describe('waiting for a server', () => {
  it('goes on as soon as the server answers', async () => {
    const { lines, log } = recording();
    const clock = new PassingClock();
    expect(await waitFor('RabbitMQ', failing(2), { log, clock })).toBe('connected');
    expect(lines.map((line) => line.name)).toEqual(['waiting_for_server', 'server_reached']);
    expect(lines[0]).toMatchObject({ server: 'RabbitMQ', reason: 'connect ECONNREFUSED' });
  });

  it('tries ever more seldom, up to every five seconds', async () => {
    const clock = new PassingClock();
    await waitFor('RabbitMQ', failing(8), { log: recording().log, clock });
    expect(clock.sleeps).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
  });

  it('speaks every few seconds, not at every try', async () => {
    const { lines, log } = recording();
    const clock = new PassingClock();
    await waitFor('MongoDB', failing(8), { log, clock });
    expect(lines.filter((line) => line.name === 'waiting_for_server').map((line) => line['waitedMs'])).toEqual([
      0, 3_750, 7_750, 12_750, 17_750,
    ]);
  });

  it('does not wait for what waiting does not cure', async () => {
    const clock = new PassingClock();
    const probe = () => Promise.reject(new Error('ACCESS_REFUSED'));
    await expect(waitFor('RabbitMQ', probe, { log: recording().log, clock, isHopeless: () => true })).rejects.toThrow(
      'ACCESS_REFUSED',
    );
    expect(clock.sleeps).toEqual([]);
  });

  it('gives the reason behind an error that has no words of its own', async () => {
    const { lines, log } = recording();
    let first = true;
    const probe = async () => {
      if (first) {
        first = false;
        throw new AggregateError([new Error('connect ECONNREFUSED ::1:5672')]);
      }
    };
    await waitFor('RabbitMQ', probe, { log, clock: new PassingClock() });
    expect(lines[0]).toMatchObject({ reason: 'connect ECONNREFUSED ::1:5672' });
  });
});
