import { AppError } from '@earlybird/core';
import type { BrokerConnection } from './broker-connection.js';
import { lookAtQueue } from './look-at-queue.js';

/**
 * How many envelopes are ready in each queue. A queue that is missing, or that
 * the account may not see, is left out; so is everything while the broker is away.
 */
export async function queueDepths(
  connection: Pick<BrokerConnection, 'withChannel'>,
  queues: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const depths = new Map<string, number>();
  // A channel each: a refusal closes the channel.
  const ask = async (queue: string): Promise<void> => {
    try {
      depths.set(queue, (await connection.withChannel((channel) => lookAtQueue(channel, queue))).ready);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  };
  await Promise.all(queues.map(ask));
  return depths;
}
