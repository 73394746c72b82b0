import type { Kept, ProviderState, ProviderStateStore, RateBook, KeptValue } from '@earlybird/core';
import { deepCopy } from './deep-copy.js';
import { turn } from './memory-log.js';

/** What all workers know about the provider, in memory. */
export class MemoryProviderState implements ProviderStateStore {
  readonly breaker = new MemoryValue<ProviderState>();
  readonly rate = new MemoryValue<RateBook>();
}

/** One shared value in memory; what goes in and what comes out are copies. */
export class MemoryValue<Value> implements KeptValue<Value> {
  private kept: Kept<Value> | undefined;
  /** How often it was read or written, to know what a step costs. */
  calls = 0;

  async read(): Promise<Kept<Value> | undefined> {
    this.calls += 1;
    await turn();
    return deepCopy(this.kept);
  }

  async replace(seen: number, value: Value): Promise<boolean> {
    this.calls += 1;
    await turn();
    if ((this.kept?.revision ?? 0) !== seen) return false;
    this.kept = deepCopy({ value, revision: seen + 1 });
    return true;
  }
}
