import { type Clock, dayOf } from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { isDuplicateKey } from '../connection/database-error.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { markMs, type StoredDay } from './stored-day.js';

const dayMs = 86_400_000;
/** Days that a process touches within a minute: today, and those that late receipts belong to. */
const mostRemembered = 400;

/**
 * Marks the days whose figures are to be counted anew. A mark is stored before the change that it stands for, so that a
 * crash leaves a mark too many, never one too few; within a minute a process marks a day once.
 */
export class DayMarks {
  private minute = 0;
  private readonly marking = new Map<string, Promise<void>>();

  constructor(
    private readonly connection: MongoConnection,
    private readonly options: { readonly clock: Pick<Clock, 'now'>; readonly retentionDays: number },
  ) {}

  /** Resolves when the day of `createdAt` is marked. Throws AppError `database_unavailable`. */
  async mark(createdAt: Date): Promise<void> {
    const now = this.options.clock.now().getTime();
    const minute = now - (now % markMs);
    if (minute !== this.minute || this.marking.size > mostRemembered) this.marking.clear();
    this.minute = minute;
    const day = dayOf(createdAt);
    const known = this.marking.get(day);
    if (known !== undefined) return known;
    const marked = this.write(day, createdAt, new Date(minute));
    this.marking.set(day, marked);
    // What was not stored is tried again by the next change.
    marked.catch(() => this.marking.delete(day));
    return marked;
  }

  private write(day: string, createdAt: Date, markedAt: Date): Promise<void> {
    const expireAt = new Date(createdAt.getTime() + (this.options.retentionDays + 1) * dayMs);
    const update = { $max: { markedAt }, $setOnInsert: { expireAt } };
    const put = () => this.days.updateOne({ _id: day }, update, { upsert: true });
    return this.connection.run(`mark in ${collectionNames.statistics}`, async () => {
      try {
        await put();
      } catch (error) {
        // Another process has made the document at the same moment.
        if (!isDuplicateKey(error)) throw error;
        await put();
      }
    });
  }

  private get days(): mongo.Collection<StoredDay> {
    return this.connection.collection(collectionNames.statistics);
  }
}
