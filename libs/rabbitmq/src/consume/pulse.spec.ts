import { jest } from '@jest/globals';
import { NoAnswerError } from '../connection/waiting.js';
import type { ConsumingChannel } from './consuming-channel.js';
import { Pulse } from './pulse.js';

const everyMs = 5_000;

/** A channel as the pulse sees it. */
class Patient {
  ready = 0;
  prefetch = 32;
  inHand = 0;
  deliveries = 0;
  failure: Error | undefined;
  abandonedBecause: string | undefined;
  abandon(reason: string): void {
    this.abandonedBecause = reason;
  }
  async countReady(): Promise<number> {
    if (this.failure !== undefined) throw this.failure;
    return this.ready;
  }
}

describe('the pulse of a consumer', () => {
  let patient: Patient;
  let pulse: Pulse;
  let restarts: unknown[];
  const beat = () => jest.advanceTimersByTimeAsync(everyMs);

  beforeEach(() => {
    jest.useFakeTimers();
    patient = new Patient();
    restarts = [];
    pulse = new Pulse({
      connection: { restart: (cause) => restarts.push(cause) },
      everyMs,
      channels: () => [patient as unknown as ConsumingChannel],
    });
  });
  afterEach(() => {
    pulse.stop();
    jest.useRealTimers();
  });

  it('beats while the broker answers', async () => {
    await beat();
    expect(pulse.lastBeatAt).toBe(Date.now());
    patient.failure = new Error('Channel closed');
    const last = pulse.lastBeatAt;
    await beat();
    expect(pulse.lastBeatAt).toBe(last);
    expect(patient.abandonedBecause).toBe('Channel closed');
    expect(restarts).toEqual([]);
  });

  it('gives up a connection that does not answer', async () => {
    patient.failure = new NoAnswerError('asking for a queue');
    await beat();
    expect(restarts).toEqual([patient.failure]);
  });

  it('gives up a channel that gets nothing although envelopes are ready', async () => {
    patient.ready = 7;
    await beat();
    expect(patient.abandonedBecause).toBeUndefined();
    await beat();
    expect(patient.abandonedBecause).toBe('nothing was delivered although 7 are ready');
  });

  it.each<[string, (channel: Patient) => void]>([
    ['got something in between', (channel) => (channel.deliveries += 1)],
    ['has something in hand', (channel) => (channel.inHand = 1)],
    ['does not consume', (channel) => (channel.prefetch = 0)],
    ['finds the queue empty', (channel) => (channel.ready = 0)],
  ])('leaves a channel alone that %s', async (_, change) => {
    patient.ready = 7;
    await beat();
    change(patient);
    await beat();
    expect(patient.abandonedBecause).toBeUndefined();
  });

  it('ends with its consumer', async () => {
    pulse.stop();
    const last = pulse.lastBeatAt;
    await beat();
    expect(pulse.lastBeatAt).toBe(last);
  });
});
