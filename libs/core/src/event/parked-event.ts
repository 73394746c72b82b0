import type { ParkReason } from './parse-event.js';

/** An event envelope set aside for a person, as it is recorded beside its place in the dead-letter queue. */
export interface ParkedEvent {
  /** A digest of body, routing key and publisher: the same envelope parked again is the same record. */
  readonly id: string;
  readonly reason: ParkReason;
  /** Names every offending field; at most 500 characters. */
  readonly detail: string;
  readonly publisher: string;
  readonly routingKey: string;
  readonly eventId?: string;
  readonly correlationId?: string;
  /** The body as it came, so that it can be inspected and replayed; base64, at most 256 KiB of bytes. */
  readonly body: string;
  readonly contentType?: string;
  readonly parkedAt: Date;
  readonly settled?: { readonly by: string; readonly at: Date; readonly how: 'replayed' | 'purged' };
}
