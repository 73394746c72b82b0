import type { DispatchEnvelope } from './dispatch-queue.js';

/** Port: what waits for its next attempt in the retry queues of both lanes. */
export interface RetryQueues {
  /**
   * Puts every envelope that waits at the call into its lane, and answers how many. `before` is told of each first, up to 32
   * at a time. Those that come while it works are left; so is what waits in the defer queues. A crash in the middle loses
   * nothing: what was not taken waits on, and a second copy of an envelope does no harm. Throws AppError of a lost server.
   */
  release(before: (envelopes: readonly DispatchEnvelope[]) => Promise<void>): Promise<number>;
}
