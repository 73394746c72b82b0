import type { Command, CommandOrder } from '../command/command.js';
import type { CommandDesk } from '../command/command-desk.js';
import type { CommandQueue } from '../command/command-queue.js';
import type { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/id.js';

/**
 * Hands a command to the worker: on record first, then on its way. Resolves when the broker has it; whoever wants the answer
 * watches the record (`awaitAnswer`). Throws AppError of a lost server; the command may be carried out even so.
 */
export function giveCommand(parts: {
  readonly commandDesk: Pick<CommandDesk, 'open'>;
  readonly commandQueue: CommandQueue;
  readonly clock: Clock;
}): (command: Command, by: string, trail?: { readonly traceparent?: string }) => Promise<CommandOrder> {
  return async (command, by, trail = {}) => {
    const at = parts.clock.now();
    const order = { id: newId('cmd', at), command, by, at, ...trail };
    await parts.commandDesk.open(order);
    await parts.commandQueue.order(order);
    return order;
  };
}
