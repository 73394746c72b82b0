import { jest } from '@jest/globals';
import { type Log } from '@earlybird/ops';
import { ConnectionLog } from './connection-log.js';

describe('the log of a connection', () => {
  const lines: { readonly name: string; readonly [field: string]: unknown }[] = [];
  const log: Log = { event: (name, fields) => void lines.push({ name, ...fields }), child: () => log };
  const names = () => lines.map(({ name }) => name);

  beforeEach(() => {
    lines.length = 0;
    jest.useFakeTimers();
  });
  afterEach(() => jest.useRealTimers());

  it('tells of a broker that is not there yet every ten seconds, and when it answers', () => {
    const { listener } = new ConnectionLog(log, 'order');
    for (let second = 0; second < 25; second += 1) {
      listener('connecting', new Error('connect ECONNREFUSED'));
      jest.advanceTimersByTime(1_000);
    }
    listener('connected');
    expect(names()).toEqual(['waiting_for_server', 'waiting_for_server', 'waiting_for_server', 'server_reached']);
    expect(lines[0]).toMatchObject({ server: 'RabbitMQ (order)', reason: 'connect ECONNREFUSED' });
  });

  it('tells once of a loss, and how long it lasted', () => {
    const { listener } = new ConnectionLog(log, 'order');
    listener('connected');
    listener('connecting', new Error('Unexpected close'));
    jest.advanceTimersByTime(3_000);
    listener('connecting', new Error('connect ECONNREFUSED'));
    listener('connected');
    expect(names()).toEqual(['server_reached', 'connection_lost', 'connection_restored']);
    expect(lines.at(-1)).toMatchObject({ waitedMs: 3_000 });
  });

  it('tells of an alarm of the broker and of its end', () => {
    const { listener } = new ConnectionLog(log, 'order');
    listener('connected');
    listener('blocked', 'low on memory');
    jest.advanceTimersByTime(2_000);
    listener('connected');
    expect(lines.slice(1)).toEqual([
      { name: 'broker_blocked', reason: 'low on memory' },
      { name: 'broker_unblocked', waitedMs: 2_000 },
    ]);
  });

  it('gives the reason behind an error that has no words of its own', () => {
    new ConnectionLog(log, 'order').listener('connecting', new AggregateError([new Error('connect ECONNREFUSED ::1')]));
    expect(lines[0]).toMatchObject({ reason: 'connect ECONNREFUSED ::1' });
  });
});
