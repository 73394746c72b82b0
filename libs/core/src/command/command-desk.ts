import type { CommandAnswer, CommandOrder, CommandRecord } from './command.js';

/** Port: the record of commands, by which the worker answers the api. Throws AppError `database_unavailable`. */
export interface CommandDesk {
  /** Before the command is on its way, so that whoever asks for it finds it. */
  open(order: CommandOrder): Promise<void>;
  find(id: string): Promise<CommandRecord | undefined>;
  /** The first answer stands; false when there is one already, or no such command (any more). */
  answer(id: string, answer: CommandAnswer, at: Date): Promise<boolean>;
}
