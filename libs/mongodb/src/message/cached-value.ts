import { type Clock } from '@earlybird/core';

/** One value that is loaded when asked for and then kept for `lifeMs` from the moment its loading began. */
export class CachedValue<Value> {
  private kept: { readonly since: number; readonly value: Promise<Value> } | undefined;

  constructor(
    private readonly load: () => Promise<Value>,
    private readonly lifeMs: number,
    private readonly clock: Pick<Clock, 'steadyMs'>,
  ) {}

  /** Callers at the same time share one loading. A failure is not kept. */
  get(): Promise<Value> {
    const now = this.clock.steadyMs();
    if (this.kept !== undefined && now - this.kept.since < this.lifeMs) return this.kept.value;
    const kept = { since: now, value: this.load() };
    this.kept = kept;
    kept.value.catch(() => {
      if (this.kept === kept) this.kept = undefined;
    });
    return kept.value;
  }

  /** The next caller loads anew. */
  forget(): void {
    this.kept = undefined;
  }
}
