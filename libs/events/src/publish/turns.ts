/**
 * Hands out at most `limit` turns at a time, first come, first served. Whoever waits does so for a bounded time, in the
 * open: their own promise is pending.
 */
export class Turns {
  readonly #waiting = new Set<(admitted: boolean) => void>();
  #taken = 0;

  constructor(private readonly limit: number) {}

  /** Resolves `true` with a turn, or `false` without one when `waitMs` passed or everyone was sent away. */
  take(waitMs: number): Promise<boolean> {
    if (this.#taken < this.limit) {
      this.#taken += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const settle = (admitted: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(settle);
        resolve(admitted);
      };
      const timer = setTimeout(() => settle(false), waitMs);
      this.#waiting.add(settle);
    });
  }

  /** Gives a turn back; the one who has waited longest gets it. */
  giveBack(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#taken -= 1;
    else next(true);
  }

  /** Everyone who waits gets `false` at once. Turns already taken stay taken. */
  sendAway(): void {
    for (const settle of [...this.#waiting]) settle(false);
  }
}
