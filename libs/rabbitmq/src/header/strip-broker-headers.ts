import { type Headers, type HeaderValue, headers } from './headers.js';

const ours: ReadonlySet<string> = new Set(Object.values(headers).map(({ name }) => name));

/**
 * What a copy may carry: our own headers and nothing else. A copy that kept its old `x-death` is lost on RabbitMQ 3.10, one
 * that kept `CC` would be routed twice, and `x-delivery-count`, `x-acquired-count` and `x-opt-*` tell of another life (broker.md).
 */
export function stripBrokerHeaders(received: Readonly<Record<string, unknown>>): Headers {
  return Object.fromEntries(
    Object.entries(received).filter((entry): entry is [string, HeaderValue] => ours.has(entry[0]) && isPlain(entry[1])),
  );
}

const isPlain = (value: unknown): value is HeaderValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
