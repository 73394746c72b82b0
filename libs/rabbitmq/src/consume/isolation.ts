/**
 * Lets envelopes be handled beside each other, and a suspect one alone: if it ends the process, it takes no neighbour along.
 * Shared by all queues of a process. Whoever waits to be alone goes before those who come later.
 */
export class Isolation {
  readonly #waiting: { readonly alone: boolean; readonly enter: () => void }[] = [];
  #beside = 0;
  #alone = false;

  /** Runs `work` together with others, but never while someone is alone. */
  beside<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#run(false, work);
  }

  /** Runs `work` when nothing else runs, and lets nothing start beside it. */
  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#run(true, work);
  }

  async #run<Result>(alone: boolean, work: () => Promise<Result>): Promise<Result> {
    if (this.#waiting.length > 0 || !this.#mayEnter(alone))
      await new Promise<void>((enter) => this.#waiting.push({ alone, enter }));
    else this.#enter(alone);
    try {
      return await work();
    } finally {
      this.#leave(alone);
    }
  }

  #mayEnter(alone: boolean): boolean {
    return !this.#alone && (!alone || this.#beside === 0);
  }

  #enter(alone: boolean): void {
    if (alone) this.#alone = true;
    else this.#beside += 1;
  }

  #leave(alone: boolean): void {
    if (alone) this.#alone = false;
    else this.#beside -= 1;
    for (let next = this.#waiting[0]; next !== undefined && this.#mayEnter(next.alone); next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#enter(next.alone);
      next.enter();
    }
  }
}
