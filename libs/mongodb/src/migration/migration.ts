import { type mongo } from 'mongoose';
import { type CollectionName } from '../connection/collection-names.js';

/** An index as it shall be. Names are given, so that a second migration can never make the same index under another name. */
export interface WantedIndex {
  readonly name: string;
  /** Field paths in their order: 1 ascending, -1 descending. */
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly unique?: true;
  /** Only documents that hold this are in the index. */
  readonly only?: mongo.Document;
  /**
   * Only values that are there are in the index. For fields inside arrays, where `only` is not enough: it chooses whole
   * documents, and of those MongoDB indexes every element without the field as null.
   */
  readonly sparse?: true;
  /** MongoDB deletes a document this many seconds after the date in the key. */
  readonly expireAfterSeconds?: number;
}

/** What a migration makes in one collection. */
export interface WantedCollection {
  readonly name: CollectionName;
  readonly indexes: readonly WantedIndex[];
}

/** One numbered step of the database's shape. Applied once, but safe to apply again: it makes only what is missing. */
export interface Migration {
  /** From 1, without gaps. */
  readonly number: number;
  /** What it is for, as `npm run migrate` prints it. */
  readonly name: string;
  readonly collections: readonly WantedCollection[];
}
