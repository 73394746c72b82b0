import { type CommandAnswer, type CommandDesk, type CommandOrder, type CommandRecord } from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { type MongoConnection } from '../connection/mongo-connection.js';

/** One document of `commands`, its id as `_id`. */
interface StoredCommand extends Omit<CommandRecord, 'id'> {
  readonly _id: string;
  readonly expireAt: Date;
}

/** Whoever asks what became of a command asks within days; the deed itself is in the audit log. */
const lifeMs = 30 * 24 * 3_600_000;

/** The record of commands in `commands`: written once by the api, answered once by the worker. */
export class MongoCommandDesk implements CommandDesk {
  constructor(private readonly connection: MongoConnection) {}

  open({ id, command, by, at }: CommandOrder): Promise<void> {
    return this.run('open', async () => {
      await this.commands.insertOne({ _id: id, command, by, at, expireAt: new Date(at.getTime() + lifeMs) });
    });
  }

  find(id: string): Promise<CommandRecord | undefined> {
    return this.run('find', async () => {
      const stored = await this.commands.findOne({ _id: { $eq: id } }, { projection: { expireAt: 0 } });
      if (stored === null) return undefined;
      const { _id, ...record } = stored;
      return { id: _id, ...record };
    });
  }

  answer(id: string, answer: CommandAnswer, at: Date): Promise<boolean> {
    return this.run('answer', async () => {
      const open = { _id: id, answer: { $exists: false } };
      const { matchedCount } = await this.commands.updateOne(open, { $set: { answer, answeredAt: at } });
      return matchedCount === 1;
    });
  }

  private run<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
    return this.connection.run(`${step} in ${collectionNames.commands}`, work);
  }

  private get commands(): mongo.Collection<StoredCommand> {
    return this.connection.collection(collectionNames.commands);
  }
}
