import { createHash } from 'node:crypto';
import { Problem } from '../problem/problem.js';

/** The place in a list after which the next page begins. */
export interface PagePlace {
  readonly createdAt: Date;
  readonly id: string;
}

/**
 * An opaque text for a place in the list of `query`. It names a place, not a number of rows, so that pages stay right while
 * notifications are added; and it belongs to its query, so that filters cannot change between two pages unnoticed.
 */
export function cursorOf(place: PagePlace, query: object): string {
  const content = JSON.stringify([digestOf(query), place.createdAt.getTime(), place.id]);
  return Buffer.from(content).toString('base64url');
}

/** The place that a cursor names. Throws Problem `invalid_cursor` when it is damaged or belongs to another query. */
export function placeOf(cursor: string, query: object): PagePlace {
  const [digest, time, id] = contentOf(cursor);
  if (typeof digest !== 'string' || typeof time !== 'number' || typeof id !== 'string' || !isTime(time))
    throw new Problem('invalid_cursor', 'cursor is damaged: use the next of a page as it is.');
  if (digest !== digestOf(query))
    throw new Problem('invalid_cursor', 'cursor belongs to another query: keep the filters from page to page.');
  return { createdAt: new Date(time), id };
}

function contentOf(cursor: string): readonly unknown[] {
  try {
    const content: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(content) ? content : [];
  } catch {
    return [];
  }
}

function isTime(time: number): boolean {
  return !Number.isNaN(new Date(time).getTime());
}

/** Enough of a digest to tell two queries apart; it guards against mistakes, not against an enemy. */
function digestOf(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const sorted = given.sort(([left], [right]) => (left < right ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url').slice(0, 12);
}
