import { createHash } from 'node:crypto';
import type { ParkReason } from './parse-event.js';

/** An event envelope set aside for a person, as it is recorded beside its place in the dead-letter queue. */
export interface ParkedEvent {
  /** `parkedEventId`: the same envelope parked again is the same record. */
  readonly id: string;
  readonly reason: ParkReason;
  /** Names every offending field; at most 500 characters. */
  readonly detail: string;
  readonly publisher: string;
  readonly routingKey: string;
  readonly eventId?: string;
  readonly correlationId?: string;
  /** The body as it came, so that it can be inspected and replayed; base64, at most 256 KiB of bytes. Empty when it was purged or erased. */
  readonly body: string;
  readonly contentType?: string;
  readonly parkedAt: Date;
  readonly settled?: { readonly by: string; readonly at: Date; readonly how: 'replayed' | 'purged' };
}

/** A digest of body, routing key and publisher, in 64 hex digits. */
export function parkedEventId(body: Uint8Array, routingKey: string, publisher: string): string {
  return createHash('sha256').update(body).update(`|${routingKey}|${publisher}`).digest('hex');
}

/** True while a person may still do something with it: nobody did, and its body has not been erased. */
export function isOpen({ settled, body }: Pick<ParkedEvent, 'settled' | 'body'>): boolean {
  return settled === undefined && body !== '';
}
