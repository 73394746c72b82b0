import type { Clock } from '@earlybird/core';
import { testStart } from '../builders/instant.js';

/** A clock that stands still until `advance` moves it; `sleep` resolves when its moment is reached. `set` is somebody setting the machine's clock. */
export class FakeClock implements Clock {
  private sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  /** What has gone by, whatever the clock shows. */
  private steady = 0;
  private start: number;

  constructor(start: Date = testStart) {
    this.start = start.getTime();
  }

  now(): Date {
    return new Date(this.start + this.steady);
  }

  steadyMs(): number {
    return this.steady;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => this.sleepers.push({ at: this.steady + ms, wake }));
  }

  /** How many are asleep, to know that somebody waits. */
  get sleeping(): number {
    return this.sleepers.length;
  }

  /** Lets `ms` go by. Whoever sleeps wakes at its own moment, in order, and runs on before time does. */
  async advance(ms: number): Promise<void> {
    const target = this.steady + ms;
    await quiet();
    for (let next = this.nextBefore(target); next !== undefined; next = this.nextBefore(target)) {
      const due = next;
      this.sleepers = this.sleepers.filter((sleeper) => sleeper !== due);
      this.steady = due.at;
      due.wake();
      await quiet();
    }
    this.steady = target;
  }

  /** Shows another time from now on, so many milliseconds ahead (or back, when negative); nobody wakes and nothing goes by. */
  set(byMs: number): void {
    this.start += byMs;
  }

  private nextBefore(target: number) {
    return this.sleepers.filter(({ at }) => at <= target).sort((left, right) => left.at - right.at)[0];
  }
}

/** Resolves when every chain of promises that can run on without waiting for anything outside has run on. */
function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
