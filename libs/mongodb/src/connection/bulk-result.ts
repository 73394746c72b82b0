import mongoose, { type mongo } from 'mongoose';
import { isLoss } from './database-error.js';

/** What an unordered bulk write came to. */
export interface BulkResult {
  /** How many operations found their document. */
  readonly matched: number;
  /** Operations that failed by themselves, by their place in the list; all others were carried out. */
  readonly failures: ReadonlyMap<number, unknown>;
}

/** The result of a bulk write whose single operations may fail; throws only what befell it as a whole. */
export async function bulkResult(write: Promise<mongo.BulkWriteResult>): Promise<BulkResult> {
  try {
    const { matchedCount } = await write;
    return { matched: matchedCount, failures: new Map() };
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoBulkWriteError) || isLoss(error)) throw error;
    const single = error.result.getWriteErrors();
    if (single.length === 0) throw error;
    return { matched: error.result.matchedCount, failures: new Map(single.map((failure) => [failure.index, failure])) };
  }
}
