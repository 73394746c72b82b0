import { AppError } from '@earlybird/core';
import type { Publication } from '@earlybird/events';
import { exchanges, queues } from '../topology/names.js';

/** Where an envelope for a queue is published to. */
export type Route = (queue: string) => Pick<Publication, 'exchange' | 'routingKey'>;

/** The worker's own moves: by queue name. */
export const byQueueName: Route = (queue) => ({ exchange: exchanges.byQueueName, routingKey: queue });

const reachable: readonly string[] = [queues.dispatch, queues.dispatchBulk, queues.receipts, queues.commands];

/**
 * The api's: through the one exchange that it may write to, which reaches the dispatch lanes, receipts and commands.
 *
 * @throws AppError `invariant_broken` for any other queue.
 */
export const byInternalExchange: Route = (queue) => {
  if (!reachable.includes(queue))
    throw new AppError(
      'invariant_broken',
      `Only the worker publishes to ${queue}; the api hands its work to the lanes.`,
    );
  return { exchange: exchanges.internal, routingKey: queue };
};
