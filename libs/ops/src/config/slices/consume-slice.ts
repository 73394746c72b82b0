/** How many envelopes of one queue are handled at a time, and over how many channels. */
export interface ConsumeConfig {
  readonly concurrency: number;
  readonly channels: number;
  /** Per channel. channels × prefetch ≥ concurrency. */
  readonly prefetch: number;
}

/**
 * Acks beyond 32 in flight on a quorum queue are lost when a channel closes (broker.md), so more concurrency means more
 * channels.
 */
const largestPrefetch = 32;

/** Spreads a concurrency evenly over as few channels as may be. */
export function consumeSlice(concurrency: number): ConsumeConfig {
  const channels = Math.ceil(concurrency / largestPrefetch);
  return { concurrency, channels, prefetch: Math.ceil(concurrency / channels) };
}
