import type { DomainEvent, EventCatalogue } from './domain-event.js';

/** An event as it came over the broker: nothing about it is trusted yet. */
export interface EventEnvelope {
  readonly body: Uint8Array;
  readonly routingKey: string;
  /** The AMQP user that published it, as the broker vouches for it; absent when the publisher did not set it. */
  readonly publisher?: string;
  readonly contentType?: string;
  readonly redelivered: boolean;
  readonly correlationId?: string;
  readonly traceparent?: string;
}

/** Why an event is set aside for a person instead of becoming a notification. */
export const parkReasons = [
  'unreadable',
  'not_a_cloudevent',
  'unknown_type',
  'invalid_data',
  'identity_mismatch',
  // It ended the worker again and again, until the broker set it aside.
  'poison',
  // An error of ours met it again and again; its envelope carries the code.
  'unprocessable',
] as const;
export type ParkReason = (typeof parkReasons)[number];

export type ParsedEvent =
  | { readonly ok: true; readonly event: DomainEvent }
  | { readonly ok: false; readonly reason: ParkReason; readonly detail: string; readonly eventId?: string };

/** What may come in, and from whom. */
export interface EventRegister {
  readonly catalogue: EventCatalogue;
  /** AMQP users that may publish for every service: none in production; the one account of a broker without accounts. */
  readonly trusted: readonly string[];
}

/** A clock of another machine may be wrong by this much before its events are doubted (events.md). */
const clockSkewMs = 5 * 60_000;

/** Bytes of a body beyond which it is not even read: events are a few kilobytes. */
const maxBodyBytes = 256 * 1024;

/**
 * Reads an event or says why it cannot be one of ours. Names every offending field. Never throws.
 * An unknown extra field is not an error.
 */
export function parseEvent(envelope: EventEnvelope, register: EventRegister, now: Date): ParsedEvent {
  const { catalogue } = register;
  const json = readJson(envelope.body);
  if (!json.ok) return park('unreadable', json.detail);
  const { value } = json;
  if (!isRecord(value)) return park('not_a_cloudevent', 'the body is no JSON object');
  const eventId = typeof value['id'] === 'string' ? value['id'].slice(0, 200) : undefined;
  if (value['specversion'] !== '1.0') return park('not_a_cloudevent', "specversion: expected '1.0'", eventId);
  const type = value['type'];
  if (typeof type !== 'string') return park('not_a_cloudevent', 'type: expected a string', eventId);
  if (!catalogue.has(type)) return park('unknown_type', `type: '${type.slice(0, 100)}' is not known`, eventId);
  const validated = catalogue.validate(type, value);
  if (!validated.ok)
    return park('invalid_data', validated.issues.map((issue) => `${issue.path}: ${issue.message}`).join('; '), eventId);
  const mismatch = identityMismatch(validated.event, envelope, register, now);
  return mismatch === undefined ? { ok: true, event: validated.event } : park('identity_mismatch', mismatch, eventId);
}

function identityMismatch(
  event: DomainEvent,
  envelope: EventEnvelope,
  { catalogue, trusted }: EventRegister,
  now: Date,
): string | undefined {
  if (event.type !== envelope.routingKey)
    return `type: '${event.type}' was published with routing key '${envelope.routingKey}'`;
  if (event.source !== catalogue.sourceOf(event.type)) {
    return `source: '${event.source}' does not publish ${event.type}, '${catalogue.sourceOf(event.type)}' does`;
  }
  const { publisher } = envelope;
  if (publisher !== undefined && !trusted.includes(publisher) && catalogue.sourceOfUser(publisher) !== event.source) {
    return `source: '${event.source}' does not belong to the AMQP user '${publisher}'`;
  }
  if (Date.parse(event.time) - now.getTime() > clockSkewMs) return `time: '${event.time}' is more than 5 minutes ahead`;
  return undefined;
}

function readJson(body: Uint8Array): { ok: true; value: unknown } | { ok: false; detail: string } {
  if (body.byteLength > maxBodyBytes)
    return { ok: false, detail: `the body has ${body.byteLength} bytes, at most ${maxBodyBytes} are read` };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false, detail: 'the body is no JSON in UTF-8' };
  }
}

function park(reason: ParkReason, detail: string, eventId?: string): ParsedEvent {
  return { ok: false, reason, detail: detail.slice(0, 500), ...(eventId === undefined ? {} : { eventId }) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
