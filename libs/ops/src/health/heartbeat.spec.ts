import { type Clock } from '@earlybird/core';
import { heartbeat } from './heartbeat.js';

describe('a heartbeat', () => {
  it('fails when nobody repeats it in time', () => {
    let time = 0;
    const clock: Clock = { now: () => new Date(0), steadyMs: () => time, sleep: async () => undefined };
    const heart = heartbeat(clock, 1_000);
    time = 1_000;
    expect(heart.check()).toEqual({ ok: true });
    time = 1_001;
    expect(heart.check()).toEqual({ ok: false, reason: 'no sign of life for 1001 ms' });
    heart.beat();
    expect(heart.check()).toEqual({ ok: true });
  });
});
