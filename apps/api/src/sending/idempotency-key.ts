import { randomUUID } from 'node:crypto';
import { Problem } from '../problem/problem.js';

/** A UUID, an order's number with a prefix, a digest: all fit. */
const acceptable = /^[\x21-\x7e]{1,200}$/;

/** The key of a request: the client's own, or one that nobody else has. Throws Problem `invalid_parameters`. */
export function idempotencyKeyIn(header: string | undefined): string {
  if (header === undefined) return `once-${randomUUID()}`;
  if (acceptable.test(header)) return header;
  const message = 'must have 1 to 200 visible ASCII characters, without spaces';
  throw new Problem('invalid_parameters', `Idempotency-Key ${message}`, {
    issues: [{ field: 'Idempotency-Key', message }],
  });
}
