import { aNotification, FakeClock } from '@earlybird/testing';
import type { Notification } from '../notification/notification.js';
import { awaitOutcome } from './await-outcome.js';

function watched(status: (elapsedMs: number) => Notification['status']) {
  const clock = new FakeClock();
  const start = clock.now().getTime();
  const looks: number[] = [];
  const notification = aNotification({ status: status(0) });
  const find = async () => {
    const elapsed = clock.now().getTime() - start;
    looks.push(elapsed);
    return { ...notification, status: status(elapsed) };
  };
  return { clock, looks, notification, notifications: { find } };
}

describe('awaiting an outcome', () => {
  it('answers at once when there is nothing to wait for', async () => {
    const { notification, looks, ...parts } = watched(() => 'suppressed');
    expect((await awaitOutcome(parts)(notification, 10_000)).status).toBe('suppressed');
    expect(looks).toEqual([]);
  });

  it('looks after 25 ms, then ever less often, every 200 ms at the least', async () => {
    const { notification, looks, ...parts } = watched((elapsed) => (elapsed < 1_500 ? 'sending' : 'sent'));
    const outcome = awaitOutcome(parts)(notification, 10_000);
    await parts.clock.advance(10_000);
    expect((await outcome).status).toBe('sent');
    expect(looks[0]).toBe(25);
    const pauses = looks.slice(1).map((look, index) => look - (looks[index] ?? 0));
    expect(pauses).toEqual([...pauses].sort((left, right) => left - right));
    expect(Math.max(...pauses)).toBe(200);
  });

  it.each(['retrying', 'failed', 'unknown', 'scheduled', 'delivered'] as const)('ends with %s', async (status) => {
    const { notification, ...parts } = watched((elapsed) => (elapsed < 50 ? 'queued' : status));
    const outcome = awaitOutcome(parts)(notification, 10_000);
    await parts.clock.advance(1_000);
    expect((await outcome).status).toBe(status);
  });

  it('gives up when the time is over, not a moment later', async () => {
    const { notification, looks, ...parts } = watched(() => 'queued');
    const outcome = awaitOutcome(parts)(notification, 1_000);
    await parts.clock.advance(1_000);
    expect((await outcome).status).toBe('queued');
    expect(looks.at(-1)).toBe(1_000);
  });

  it('does not wait at all for 0 ms', async () => {
    const { notification, ...parts } = watched(() => 'queued');
    expect((await awaitOutcome(parts)(notification, 0)).status).toBe('queued');
  });

  it('gives up when the process is to end', async () => {
    const { notification, ...parts } = watched(() => 'queued');
    let stopping = false;
    const outcome = awaitOutcome({ ...parts, isStopping: () => stopping })(notification, 10_000);
    await parts.clock.advance(100);
    stopping = true;
    await parts.clock.advance(200);
    expect((await outcome).status).toBe('queued');
  });

  it('gives up when the time is over although somebody has set the clock back', async () => {
    const { notification, ...parts } = watched(() => 'queued');
    const outcome = awaitOutcome(parts)(notification, 10_000);
    await parts.clock.advance(5_000);
    parts.clock.set(-3_600_000);
    await parts.clock.advance(5_000);
    expect((await outcome).status).toBe('queued');
  });
});
