import { InvalidEventError } from '../invalid-event-error.js';
import type { EventPublisher } from '../publish/event-publisher.js';
import { PublishError } from '../publish/publish-error.js';
import type { RefusedEntry } from './outbox-entry.js';
import type { PendingDocument, SettledEntries } from './outbox-store.js';

/** What came of the entries of one document. */
export interface PublishedEntries {
  readonly settled: SettledEntries;
  /** What stopped before the end of the list; the rest stays in the outbox. */
  readonly failure?: unknown;
}

/**
 * Publishes the entries of one document one after the other, so that what happened to one thing arrives in its order.
 * An entry that can never be published is set aside; any other failure ends the list. Never rejects.
 */
export async function publishEntries(
  { documentId, entries }: PendingDocument,
  publisher: Pick<EventPublisher, 'publish'>,
  now: () => Date,
): Promise<PublishedEntries> {
  const publishedIds: string[] = [];
  const refused: RefusedEntry[] = [];
  const settled = { documentId, publishedIds, refused };
  for (const entry of entries) {
    try {
      await publisher.publish(entry.event);
      publishedIds.push(entry.id);
    } catch (failure) {
      const code = hopelessCode(failure);
      if (code === undefined) return { settled, failure };
      refused.push({ ...entry, refusedAt: now(), code });
    }
  }
  return { settled };
}

/** The code of a failure that no repetition can cure. */
function hopelessCode(failure: unknown): string | undefined {
  if (failure instanceof InvalidEventError) return failure.code;
  if (!(failure instanceof PublishError)) return undefined;
  switch (failure.code) {
    case 'unknown_type':
    case 'foreign_type':
    case 'unencodable':
      return failure.code;
    case 'not_connected':
    case 'blocked':
    case 'saturated':
    case 'closed':
    case 'returned':
    case 'refused':
    case 'unconfirmed':
      return undefined;
  }
}
