import { AppError } from '@earlybird/core';
import type { ConsumeMessage } from 'amqplib';
import type { BrokerConnection } from '../connection/broker-connection.js';
import { reasonOf } from '../connection/reason-of.js';
import { pause } from '../connection/waiting.js';
import { deliveryOf, type Delivery } from '../envelope/delivery.js';
import { ConsumingChannel } from './consuming-channel.js';

/** Who walks through queues: the same for every walk of a process. */
export interface QueueWalker {
  readonly connection: BrokerConnection;
  /** What the management UI shows of the consumer while it walks: service, role, host. */
  readonly name: string;
  /** True once the process is to end: the walk ends in its middle. */
  readonly isStopping?: () => boolean;
}

/** How a queue is walked through. */
export interface QueueWalk extends QueueWalker {
  readonly queue: string;
  /** No more than this; the others are left for the next walk. Default: what was ready at the start. */
  readonly most?: number;
  /** Takes up to 32 envelopes at a time; they are acked when it resolves. When it throws they go back into the queue. */
  readonly work: (batch: readonly Delivery[]) => Promise<void>;
}

/** Acks beyond 32 in flight may be lost when a channel closes (broker.md). */
const largestBatch = 32;
/** Others may take what was counted, or it expires: how long nothing comes before the broker is asked whether something is left. */
const quietMs = 100;
/** Acks that a channel sent within its last second may be lost when it closes (broker.md). */
const settleBeforeCloseMs = 1_000;

/**
 * Consumes what was ready in a queue at the start, and no more: what `work` puts back behind it is not met again. For queues
 * without consumers (delay and dead-letter queues). Resolves with the number of envelopes worked off. A crash in the middle
 * hands over again what was not acked, perhaps after `work` has dealt with it.
 *
 * @throws AppError `broker_unavailable` when the broker is lost or the process stops in the middle; what `work` throws.
 */
export async function walkQueue({ connection, queue, name, most, work, isStopping }: QueueWalk): Promise<number> {
  const { current } = connection;
  if (current === undefined) throw new AppError('broker_unavailable', 'There is no connection to RabbitMQ.');
  const arrivals = new Arrivals();
  const channel = await ConsumingChannel.open(
    current,
    { queue, name: `${name} ${queue} walk`, answerWithinMs: connection.answerWithinMs },
    { delivered: (message) => arrivals.add(message), gone: (reason) => arrivals.end(reason) },
  ).catch((cause: unknown) => {
    throw lost(queue, reasonOf(cause), cause);
  });
  let failed: { readonly error: unknown } | undefined;
  try {
    const count = Math.min(await channel.countReady(), most ?? Infinity);
    let done = 0;
    while (done < count) {
      if (isStopping?.() === true) throw lost(queue, 'the process stops');
      if (channel.prefetch === 0 && arrivals.areTaken) await channel.consume(Math.min(largestBatch, count - done));
      const batch = await arrivals.take();
      if (arrivals.endedBecause !== undefined) throw lost(queue, arrivals.endedBecause);
      if (batch.length === 0) {
        // A busy broker hands over later than that, and what is on its way is not ready. It comes before the word that nobody consumes.
        await channel.consume(0);
        if (arrivals.areTaken && (await channel.countReady()) === 0) break;
        continue;
      }
      await work(batch.map((message) => deliveryOf(queue, message))).catch((error: unknown) => {
        failed = { error };
        throw error;
      });
      done += batch.length;
      // Each ack lets one more come: near the end it must not be one that was not counted.
      if (done + channel.prefetch > count) await channel.consume(0);
      for (const message of batch) channel.ack(message);
    }
    return done;
  } catch (cause) {
    // What the work threw is none of the broker's: it must not be waited for.
    if (failed !== undefined) throw failed.error;
    throw cause instanceof AppError ? cause : lost(queue, reasonOf(cause), cause);
  } finally {
    await leave(channel);
  }
}

async function leave(channel: ConsumingChannel): Promise<void> {
  await channel.consume(0).catch(() => undefined);
  channel.giveBackAll();
  if (channel.deliveries > 0 && !channel.isGone) await pause(settleBeforeCloseMs, new AbortController().signal);
  await channel.close();
}

function lost(queue: string, reason: string, cause?: unknown): AppError {
  return new AppError('broker_unavailable', `${queue} could not be walked through: ${reason}`, { cause });
}

/** What was delivered and not taken up yet. */
class Arrivals {
  endedBecause: string | undefined;
  private readonly waiting: ConsumeMessage[] = [];
  private wake: () => void = () => undefined;

  add(message: ConsumeMessage): void {
    this.waiting.push(message);
    this.wake();
  }

  end(reason: string): void {
    this.endedBecause = reason;
    this.wake();
  }

  get areTaken(): boolean {
    return this.waiting.length === 0;
  }

  /** What is there, at most a batch; waits for the first one a moment. */
  async take(): Promise<readonly ConsumeMessage[]> {
    if (this.waiting.length === 0 && this.endedBecause === undefined) {
      const came = new AbortController();
      this.wake = () => came.abort();
      await pause(quietMs, came.signal);
    }
    return this.waiting.splice(0, largestBatch);
  }
}
