import { type AuditEntry, awaitAnswer, type Command, type CommandRecord, giveCommand } from '@earlybird/core';
import { type ApiParts } from '../api-parts.js';

/** What the audit log says of a command: what was done to what. */
export type Audited = Pick<AuditEntry, 'action' | 'subject' | 'details'>;

/** Who gives a command, and in which trace. */
export interface CommandGiver {
  readonly client: string;
  readonly traceparent?: string;
}

/**
 * Gives the worker a command, writes it into the audit log as `audited` says, and waits a while for its answer; the record has
 * none when it did not come.
 */
export function askWorker(
  parts: ApiParts,
): (
  command: Command,
  giver: CommandGiver,
  audited: (commandId: string) => readonly Audited[],
) => Promise<CommandRecord> {
  const give = giveCommand(parts);
  const answerTo = awaitAnswer(parts);
  return async (command, { client: by, ...trail }, audited) => {
    const order = await give(command, by, trail);
    parts.log.event('admin_action', { client: by, action: command.kind, commandId: order.id });
    for (const entry of audited(order.id)) await parts.audit.record({ at: order.at, by, ...entry });
    const answer = await answerTo(order.id, parts.immediateWaitMs);
    return { ...order, ...(answer === undefined ? {} : { answer, answeredAt: parts.clock.now() }) };
  };
}
