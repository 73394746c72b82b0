import { AppError } from '@earlybird/core';
import type { BrokerConnection } from './broker-connection.js';

/**
 * How many envelopes are ready in each queue, from passive declares, which are exact at once. A queue that is missing, or that
 * the account may not see, is left out; so is everything while the broker is away.
 */
export async function queueDepths(
  connection: Pick<BrokerConnection, 'withChannel'>,
  queues: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const depths = new Map<string, number>();
  for (const queue of queues) {
    try {
      // A channel each: a refusal closes the channel.
      const { messageCount } = await connection.withChannel((channel) => channel.checkQueue(queue));
      depths.set(queue, messageCount);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  return depths;
}
