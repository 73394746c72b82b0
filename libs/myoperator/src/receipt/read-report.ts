import { parsePhone, type Receipt, type ReceiptStatus, receiptStatuses } from '@earlybird/core';
import { z } from 'zod';
import { errorCodesIn } from '../outcome/answer-body.js';
import { readReference } from '../sender/reference.js';
import { reportTime } from './report-time.js';
import { type InboundMessage } from './webhook-reading.js';

/** What one report says. */
export type Report =
  | { readonly kind: 'receipt'; readonly receipt: Receipt }
  | { readonly kind: 'inbound'; readonly message: InboundMessage }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'unreadable'; readonly problem: string };

type JsonObject = Readonly<Record<string, unknown>>;

const id = z.union([z.string().trim().min(1).max(256), z.number().transform(String)]);
const anything = z.record(z.string(), z.unknown());

/** The user's shape: `{message_id, status, timestamp}`. */
const userShape = z.looseObject({ message_id: id, status: z.string() });

/** Version 2. Only what is used is looked at; whatever else there is may change. */
const v2Shape = z.looseObject({
  event_type: z.string(),
  event_id: id.optional().catch(undefined),
  customer_identifier: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  payload: z.looseObject({
    id: id.optional().catch(undefined),
    status: z.string().optional().catch(undefined),
    data: anything.optional().catch(undefined),
    metadata: anything.optional().catch(undefined),
  }),
});

type V2Event = z.output<typeof v2Shape>;

/** Reads one report of MyOperator, in the user's shape or version 2 (provider.md). Unknown fields are no fault. */
export function readReport(report: unknown, receivedAt: Date): Report {
  const body = anything.safeParse(report);
  if (!body.success) return { kind: 'unreadable', problem: 'is no JSON object' };
  if ('event_type' in body.data) return readV2(body.data, receivedAt);
  return readUserShape(body.data, receivedAt);
}

function readUserShape(body: JsonObject, receivedAt: Date): Report {
  const parsed = userShape.safeParse(body);
  if (!parsed.success) return unreadable(parsed.error);
  return receiptOf(parsed.data.message_id, parsed.data.status, body, receivedAt, {});
}

function readV2(body: JsonObject, receivedAt: Date): Report {
  const parsed = v2Shape.safeParse(body);
  if (!parsed.success) return unreadable(parsed.error);
  const event = parsed.data;
  if (event.event_type === 'message.received') return readInbound(event, receivedAt);
  if (!event.event_type.startsWith('message.')) return { kind: 'ignored' };
  if (event.payload.id === undefined) return { kind: 'unreadable', problem: 'payload.id is missing' };
  // The type is inferred and the status documented, so the status is believed first.
  const status = event.payload.status ?? event.event_type.slice('message.'.length);
  return receiptOf(event.payload.id, status, event.payload, receivedAt, {
    timestamp: event['timestamp'],
    ...(event.event_id !== undefined && { eventId: event.event_id }),
    reference: referenceIn(event),
  });
}

function receiptOf(
  providerMessageId: string,
  statusText: string,
  body: JsonObject,
  receivedAt: Date,
  more: { readonly eventId?: string; readonly timestamp?: unknown; readonly reference?: Receipt['reference'] },
): Report {
  const status = statusOf(statusText);
  if (status === undefined) return { kind: 'unreadable', problem: 'status is none that is known' };
  const errorCode = status === 'failed' ? errorCodeIn(body) : undefined;
  return {
    kind: 'receipt',
    receipt: {
      providerMessageId,
      status,
      at: reportTime(more.timestamp ?? body['timestamp'], receivedAt),
      receivedAt,
      ...(more.eventId !== undefined && { eventId: more.eventId }),
      ...(more.reference !== undefined && { reference: more.reference }),
      ...(errorCode !== undefined && { errorCode }),
    },
  };
}

function readInbound(event: V2Event, receivedAt: Date): Report {
  const { payload, customer_identifier = '' } = event;
  const eventId = event.event_id ?? payload.id;
  if (eventId === undefined) return { kind: 'unreadable', problem: 'event_id and payload.id are missing' };
  const digits = customer_identifier.trim().replace(/^\+/, '');
  const parsed = parsePhone(`+${digits}`);
  if (!parsed.ok) return { kind: 'unreadable', problem: 'customer_identifier is no mobile number' };
  const text = textIn(payload);
  return {
    kind: 'inbound',
    message: {
      phone: parsed.phone,
      at: reportTime(event['timestamp'], receivedAt),
      receivedAt,
      eventId,
      ...(text !== undefined && { text }),
    },
  };
}

/** Where the text of an inbound message stands is not documented; these are the places where such bodies have it. */
function textIn(payload: V2Event['payload']): string | undefined {
  const { data = {} } = payload;
  const candidates = [
    at(data, 'context', 'body'),
    at(data, 'text', 'body'),
    data['body'],
    data['text'],
    at(payload, 'text', 'body'),
    payload['text'],
  ];
  return candidates.find((text): text is string => typeof text === 'string')?.slice(0, longestText);
}

/** The longest text that WhatsApp carries. */
const longestText = 4_096;

function referenceIn(event: V2Event): Receipt['reference'] {
  const { payload } = event;
  const places = [
    payload['myop_ref_id'],
    payload.data?.['myop_ref_id'],
    payload.metadata?.['myop_ref_id'],
    event['myop_ref_id'],
  ];
  return places.map(readReference).find((reference) => reference !== undefined);
}

function errorCodeIn(body: JsonObject): string | undefined {
  const data = body['data'];
  const inner = typeof data === 'object' && data !== null && !Array.isArray(data) ? errorCodesIn({ ...data }) : [];
  return [...errorCodesIn(body), ...inner][0];
}

function statusOf(text: string): ReceiptStatus | undefined {
  const word = text.trim().toLowerCase();
  return receiptStatuses.find((status) => status === word);
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  );
}

function unreadable(error: z.ZodError): Report {
  const paths = error.issues.map(({ path }) => path.map(String).join('.') || 'the report');
  return { kind: 'unreadable', problem: `${[...new Set(paths)].join(', ')} is missing or malformed` };
}
