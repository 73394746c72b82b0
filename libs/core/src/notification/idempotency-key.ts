import { createHash } from 'node:crypto';

/** The unique key by which "tell this customer this, because of this event" happens once (events.md). 64 hex digits. */
export function eventKey(parts: {
  readonly source: string;
  readonly eventId: string;
  readonly messageType: string;
  readonly customerId: string;
}): string {
  return sha256(['event', parts.source, parts.eventId, parts.messageType, parts.customerId]);
}

/** The key of a request over REST: per client, so that two clients may use the same `Idempotency-Key`. */
export function requestKey(client: string, key: string): string {
  return sha256(['rest', client, key]);
}

/** The key of a replay that a client asked for. */
export function replayKey(client: string, key: string): string {
  return sha256(['replay', client, key]);
}

/** The key of the one resend that a notification may have in flight. `round` counts the resends that came to an end before. */
export function resendKey(oldId: string, round: number): string {
  return sha256(['resend', oldId, String(round)]);
}

/** Joined as JSON, so that no choice of parts can imitate another. */
function sha256(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
