import { type Socket } from 'node:net';
import { type Command } from './command.js';
import { CommandError, failureReply } from './command-error.js';
import { answerBytes, commandTable, type FrontContext, unknownCommand } from './command-table.js';
import { EngineLost } from './engine.js';
import { type Frame, FrameReader } from './frame-reader.js';
import { OP_MSG, readOpMsg, writeOpMsg } from './op-msg.js';
import { OP_QUERY, readOpQuery, writeOpReply } from './op-query.js';

/**
 * Serves one client until it goes: its commands one after the other, each answered before the next is begun, as MongoDB does.
 * Bytes that are no message end the connection. So does the loss of PostgreSQL, because only a broken connection tells a driver that
 * it cannot know what became of its command.
 */
export function serveClient(socket: Socket, context: FrontContext, onEngineLost: () => void): void {
  const reader = new FrameReader();
  let last = Promise.resolve();
  const answer = async (frame: Frame): Promise<void> => {
    if (socket.destroyed) return;
    try {
      const reply = await replyTo(frame, context);
      if (reply !== undefined) socket.write(reply);
    } catch (error) {
      if (error instanceof EngineLost) onEngineLost();
      else if (!(error instanceof RangeError)) console.error('a command could not be answered:', error);
      socket.destroy();
    }
  };
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const frame of reader.take(chunk)) last = last.then(() => answer(frame));
    } catch {
      socket.destroy();
    }
  });
}

/** Nothing for a command that wants no answer. */
async function replyTo(frame: Frame, context: FrontContext): Promise<Buffer | undefined> {
  switch (frame.opCode) {
    case OP_MSG: {
      const command = readOpMsg(frame.body);
      const reply = await carryOut(command, context);
      return command.unacknowledged ? undefined : writeOpMsg(frame.requestId, reply);
    }
    case OP_QUERY:
      return writeOpReply(frame.requestId, await carryOut(readOpQuery(frame.body), context));
    default:
      throw new RangeError(`op code ${frame.opCode}`);
  }
}

async function carryOut(command: Command, context: FrontContext): Promise<Uint8Array> {
  try {
    const handler = commandTable.get(command.name.toLowerCase());
    if (handler === undefined) throw unknownCommand(command.name);
    refuseTransactions(command);
    return answerBytes(await handler(command, context));
  } catch (error) {
    if (error instanceof EngineLost) throw error;
    return answerBytes(failureReply(error));
  }
}

/** Pretending to have transactions would be worse than having none: MongoDB alone refuses them with these words. */
function refuseTransactions(command: Command): void {
  if (!command.elements.some(({ name }) => name === 'autocommit' || name === 'startTransaction')) return;
  throw new CommandError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
}
