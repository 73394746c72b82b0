import type { ObjectId } from 'mongodb';
import type { DomainEvent } from '../domain-event.js';

/** An event that was stored in the same write as the business change, and is still to be published. */
export interface OutboxEntry {
  /** The event's id. */
  readonly id: string;
  /** When it was stored: the relay goes by it, oldest first. */
  readonly recordedAt: Date;
  readonly event: DomainEvent;
}

/** An event that can never be published (it does not fit its schema, or belongs to another service): for a person. */
export interface RefusedEntry extends OutboxEntry {
  readonly refusedAt: Date;
  readonly code: string;
}

/** The `_id` of a business document. */
export type DocumentId = string | ObjectId;

/** The part of a business document that the relay knows. */
export interface DocumentWithOutbox {
  readonly _id: DocumentId;
  readonly outbox?: readonly OutboxEntry[];
  readonly outboxRefused?: readonly RefusedEntry[];
}

/** Wraps an event for the outbox of the document that is about to be written. */
export const outboxEntry = (event: DomainEvent, recordedAt: Date = new Date()): OutboxEntry => ({
  id: event.id,
  recordedAt,
  event,
});
