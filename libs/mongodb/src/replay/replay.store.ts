import {
  AppError,
  type Replay,
  type ReplayAdvance,
  type ReplayClaim,
  type ReplayCreation,
  type ReplayEnd,
  type ReplayQuery,
  type ReplayStore,
} from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { isDuplicateKey } from '../connection/database-error.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { type StoredReplay, toReplay, toStoredReplay } from './stored-replay.js';

/** Sorts behind every id that `newId` makes. */
const behindAll = 'replay_~';

/** Replays in `replays`: a handful of documents, each changed by conditional writes. */
export class MongoReplayStore implements ReplayStore {
  constructor(
    private readonly connection: MongoConnection,
    private readonly options: { readonly retentionDays: number },
  ) {}

  create(replay: Replay): Promise<ReplayCreation> {
    return this.run('create', async () => {
      try {
        await this.replays.insertOne(toStoredReplay(replay, this.options.retentionDays));
        return { kind: 'created' };
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return { kind: 'exists', replay: await this.holderOf(replay) };
      }
    });
  }

  find(id: string): Promise<Replay | undefined> {
    return this.run('find', async () => {
      const stored = await this.replays.findOne({ _id: { $eq: id } });
      return stored === null ? undefined : toReplay(stored);
    });
  }

  list({ state, after, limit }: ReplayQuery): Promise<readonly Replay[]> {
    const filter = {
      ...(state === undefined ? {} : { state: { $eq: state } }),
      // Ids sort by age; the condition makes engines walk them that would sort the whole collection.
      _id: { $lt: after ?? behindAll },
    };
    return this.run('list', async () => {
      const stored = await this.replays.find(filter).sort({ _id: -1 }).limit(limit).toArray();
      return stored.map(toReplay);
    });
  }

  claim({ holder, now, leaseUntil }: ReplayClaim, besides: readonly string[]): Promise<Replay | undefined> {
    const filter: mongo.Filter<StoredReplay> = {
      state: 'running',
      ...(besides.length === 0 ? {} : { _id: { $nin: [...besides] } }),
      $or: [{ holder: { $exists: false } }, { leaseUntil: { $lte: now } }, { holder }],
    };
    const update = { $set: { holder, leaseUntil, updatedAt: now }, $min: { startedAt: now } };
    return this.run('claim', async () => {
      const stored = await this.replays.findOneAndUpdate(filter, update, {
        sort: { _id: 1 },
        returnDocument: 'after',
      });
      return stored === null ? undefined : toReplay(stored);
    });
  }

  advance({ id, holder, progress, at, leaseUntil }: ReplayAdvance): Promise<boolean> {
    return this.write(
      'advance',
      { _id: id, state: 'running', holder },
      { $set: { progress, leaseUntil, updatedAt: at } },
    );
  }

  async release(id: string, holder: string): Promise<void> {
    await this.write('release', { _id: id, state: 'running', holder }, { $unset: { holder: '', leaseUntil: '' } });
  }

  end({ id, holder, state, reason, at, by }: ReplayEnd): Promise<boolean> {
    const ended = {
      state,
      stateReason: reason,
      updatedAt: at,
      endedAt: at,
      ...(by === undefined ? {} : { endedBy: by }),
    };
    return this.write(
      'end',
      { _id: id, state: 'running', ...(holder === undefined ? {} : { holder }) },
      { $set: ended, $unset: { holder: '', leaseUntil: '', 'progress.waitingFor': '', 'progress.seenPerSecond': '' } },
    );
  }

  private async holderOf({ id, idempotencyKey }: Replay): Promise<Replay> {
    const stored = idempotencyKey === undefined ? null : await this.replays.findOne({ idempotencyKey });
    if (stored === null) throw new AppError('invariant_broken', `${id} cannot be created: its id is taken`);
    return toReplay(stored);
  }

  private write(
    step: string,
    filter: mongo.Filter<StoredReplay>,
    update: mongo.UpdateFilter<StoredReplay>,
  ): Promise<boolean> {
    return this.run(step, async () => {
      const { matchedCount } = await this.replays.updateOne(filter, update);
      return matchedCount === 1;
    });
  }

  private run<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
    return this.connection.run(`${step} in ${collectionNames.replays}`, work);
  }

  private get replays(): mongo.Collection<StoredReplay> {
    return this.connection.collection(collectionNames.replays);
  }
}
