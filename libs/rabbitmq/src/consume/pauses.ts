/** Why a queue is not consumed. Every reason is given and taken back by whoever knows it; consuming goes on without any. */
export class Pauses {
  readonly #reasons = new Map<string, string | undefined>();

  get isPaused(): boolean {
    return this.#reasons.size > 0;
  }

  /** The oldest reason. */
  get first(): { readonly reason: string; readonly detail?: string } | undefined {
    const [entry] = this.#reasons;
    if (entry === undefined) return undefined;
    const [reason, detail] = entry;
    return detail === undefined ? { reason } : { reason, detail };
  }

  /** True when the reason is new. */
  add(reason: string, detail?: string): boolean {
    const isNew = !this.#reasons.has(reason);
    this.#reasons.set(reason, detail);
    return isNew;
  }

  /** True when it was a reason. */
  remove(reason: string): boolean {
    return this.#reasons.delete(reason);
  }
}
