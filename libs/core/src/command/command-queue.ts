import type { CommandOrder } from './command.js';

/** Port: the way of commands to the worker. Resolves when the broker has confirmed; throws AppError `broker_unavailable`, `publish_unconfirmed` or `publish_returned`. */
export interface CommandQueue {
  /** The same order twice does no harm: it is known by its id. */
  order(order: CommandOrder): Promise<void>;
}
