import type { ProviderState } from './provider-state.js';
import type { RateBook } from './rate-book.js';

/** A value as it was read. */
export interface Kept<Value> {
  readonly value: Value;
  /** Counts the changes; 0 when nothing was ever stored. */
  readonly revision: number;
}

/**
 * One value that all workers share, in one document. Whoever changes it says which revision they saw, so that of any number of
 * workers that change the same revision one wins. Throws AppError `database_unavailable`; the write may or may not have
 * happened then.
 */
export interface KeptValue<Value> {
  /** As it is now; undefined when nothing was ever stored. */
  read(): Promise<Kept<Value> | undefined>;
  /** True when the stored revision was `seen` (0: nothing stored); it is `seen + 1` then. */
  replace(seen: number, value: Value): Promise<boolean>;
}

/** Port: what all workers know together about the provider, for one sender number (data.md, provider_state). */
export interface ProviderStateStore {
  readonly breaker: KeptValue<ProviderState>;
  readonly rate: KeptValue<RateBook>;
}
