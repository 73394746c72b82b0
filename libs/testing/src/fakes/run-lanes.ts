import type { DispatchEnvelope } from '@earlybird/core';
import type { Stage } from './stage.js';

/** Far more than any test's envelopes need; beyond it something goes round in circles. */
const mostDeliveries = 1_000;

/**
 * Hands over what lies in the lanes until nothing is ready and nothing waits, letting time go by to the next arrival. What
 * `handle` throws is redelivered with the duty to repeat, as the broker would. Answers how many envelopes were handed over.
 */
export async function runLanes(stage: Stage, handle: (envelope: DispatchEnvelope) => Promise<void>): Promise<number> {
  for (let deliveries = 0; deliveries < mostDeliveries;) {
    const envelope = stage.queue.take('normal') ?? stage.queue.take('bulk');
    if (envelope !== undefined) {
      deliveries += 1;
      await handle(envelope).catch(() => stage.queue.enqueue({ ...envelope, repeat: true }));
      continue;
    }
    const arrivals = stage.queue.delayed.map(({ untilMs }) => untilMs);
    if (arrivals.length === 0) return deliveries;
    await stage.clock.advance(Math.min(...arrivals) - stage.clock.steadyMs());
  }
  throw new Error(`${mostDeliveries} envelopes were handed over and there is no end`);
}
