import { type DispatchEnvelope, type DispatchQueue, type Lane, lanes, type RetryQueues } from '@earlybird/core';
import { type QueueWalker, walkQueue } from '../consume/walk-queue.js';
import { decodeDispatchEnvelope } from '../envelope/decode-dispatch-envelope.js';
import type { Delivery } from '../envelope/delivery.js';
import { laneQueue, queues, retryQueue } from '../topology/names.js';
import type { EnvelopePublisher } from './envelope-publisher.js';
import { park } from './set-aside.js';

/** What the retry queues stand on. */
export interface RabbitmqRetryQueuesOptions extends QueueWalker {
  readonly publisher: Pick<EnvelopePublisher, 'publish'>;
  /** Where released envelopes go. */
  readonly queue: Pick<DispatchQueue, 'enqueue'>;
  /** Every delay that the retry policy can ask for, as in the topology. */
  readonly retryDelaysMs: readonly number[];
}

/** What waits in the delay queues of both lanes: consumed, published to the lane with our headers only, confirmed, acked (broker.md). */
export class RabbitmqRetryQueues implements RetryQueues {
  constructor(private readonly options: RabbitmqRetryQueuesOptions) {}

  async release(before: (envelopes: readonly DispatchEnvelope[]) => Promise<void>): Promise<number> {
    const { retryDelaysMs } = this.options;
    const walks = lanes.flatMap((lane) => retryDelaysMs.map((delayMs) => this.releaseOne(lane, delayMs, before)));
    // One that fails must not leave the others unobserved.
    const counts = await Promise.allSettled(walks);
    for (const result of counts) if (result.status === 'rejected') throw result.reason;
    return counts.reduce((sum, result) => sum + (result.status === 'fulfilled' ? result.value : 0), 0);
  }

  private async releaseOne(
    lane: Lane,
    delayMs: number,
    before: (envelopes: readonly DispatchEnvelope[]) => Promise<void>,
  ): Promise<number> {
    let released = 0;
    await walkQueue({
      ...this.options,
      queue: retryQueue(laneQueue(lane), delayMs),
      work: async (batch) => {
        const envelopes = await this.readable(lane, batch);
        if (envelopes.length > 0) await before(envelopes);
        await Promise.all(envelopes.map((envelope) => this.options.queue.enqueue(envelope)));
        released += envelopes.length;
      },
    });
    return released;
  }

  /** What is none of ours is set aside for a person, as by the consumer of the lane. */
  private async readable(lane: Lane, batch: readonly Delivery[]): Promise<readonly DispatchEnvelope[]> {
    const envelopes: DispatchEnvelope[] = [];
    for (const delivery of batch) {
      // That a walk before this one was killed says nothing about the attempt: no duty to repeat comes of it.
      const decoded = decodeDispatchEnvelope({ ...delivery, queue: laneQueue(lane), redelivered: false });
      if (decoded.ok) envelopes.push(decoded.envelope);
      else
        await park(this.options.publisher, delivery, queues.dispatchDead, {
          reason: 'unreadable',
          detail: decoded.detail,
        });
    }
    return envelopes;
  }
}
