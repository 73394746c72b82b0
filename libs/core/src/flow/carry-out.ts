import type { Command, CommandAnswer, CommandKind, CommandOrder } from '../command/command.js';
import type { CommandDesk } from '../command/command-desk.js';
import type { Clock } from '../kernel/clock.js';
import type { Reporter } from '../kernel/reporter.js';

/** One kind of command, and who gave it. */
export type OrderOf<Kind extends CommandKind> = CommandOrder & {
  readonly command: Extract<Command, { readonly kind: Kind }>;
};

/**
 * What the worker does for each kind of command. A deed may be done again from the start, when a worker was killed in its
 * middle: it must do no harm then. Throws lost infrastructure: it is repeated when the server is back.
 */
export type Deeds = { readonly [Kind in CommandKind]: (order: OrderOf<Kind>) => Promise<CommandAnswer> };

/** Carries a command out once, and answers it. Resolves when its envelope may be acked; a copy of an answered command does nothing. */
export function carryOut(parts: {
  readonly commandDesk: CommandDesk;
  readonly deeds: Deeds;
  readonly clock: Clock;
  readonly reporter: Reporter;
}): (order: CommandOrder) => Promise<void> {
  return async (order) => {
    const { id, by: client, command, traceparent } = order;
    const known = await parts.commandDesk.find(id);
    if (known?.answer !== undefined) return;
    const answer = await deedFor(parts.deeds, order);
    if (!(await parts.commandDesk.answer(id, answer, parts.clock.now()))) return;
    const result = answer.kind === 'done' ? answer.kind : answer.reason;
    parts.reporter.report({
      kind: 'command_answered',
      commandId: id,
      action: command.kind,
      client,
      result,
      ...(traceparent === undefined ? {} : { traceparent }),
    });
  };
}

function deedFor(deeds: Deeds, order: CommandOrder): Promise<CommandAnswer> {
  // The table has a deed for exactly this kind; the compiler cannot tie the two unions together.
  return deeds[order.command.kind](order as never);
}
