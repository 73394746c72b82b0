import { awaitAnswer, type Command, type CommandRecord, giveCommand } from '@earlybird/core';
import { type ApiParts } from '../api-parts.js';

/** Gives the worker a command and waits a while for its answer; the record has none when it did not come. */
export function askWorker(parts: ApiParts): (command: Command, by: string) => Promise<CommandRecord> {
  const give = giveCommand(parts);
  const answerTo = awaitAnswer(parts);
  return async (command, by) => {
    const order = await give(command, by);
    parts.log.event('admin_action', { client: by, action: command.kind, commandId: order.id });
    const answer = await answerTo(order.id, parts.immediateWaitMs);
    return { ...order, ...(answer === undefined ? {} : { answer, answeredAt: parts.clock.now() }) };
  };
}
