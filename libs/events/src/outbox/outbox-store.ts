import type { DocumentId, OutboxEntry, RefusedEntry } from './outbox-entry.js';

/** The entries of one business document, oldest first. */
export interface PendingDocument {
  readonly documentId: DocumentId;
  readonly entries: readonly OutboxEntry[];
}

/** What became of entries of one document. */
export interface SettledEntries {
  readonly documentId: DocumentId;
  /** Confirmed by the broker: to be removed. */
  readonly publishedIds: readonly string[];
  /** To be set aside, out of the relay's way. */
  readonly refused: readonly RefusedEntry[];
}

/** Where outboxes are kept. */
export interface OutboxStore {
  /** The documents with something to publish, oldest first, in batches. */
  pending(): AsyncIterable<readonly PendingDocument[]>;
  settle(entries: readonly SettledEntries[]): Promise<void>;
}
