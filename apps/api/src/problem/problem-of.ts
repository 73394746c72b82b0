import { HttpException } from '@nestjs/common';
import { AppError } from '@earlybird/core';
import { type ProblemCode } from './problem-codes.js';
import { Problem } from './problem.js';

/** Long enough for a database or broker to come back, short enough that a client notices. */
const retryAfterSeconds = '5';

/** The problem that whatever was thrown amounts to. What nobody expected is an `internal_error` that tells nothing about us. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof AppError && isOf(unavailable, thrown.code)) {
    const code = unavailable[thrown.code];
    return new Problem(code, detailsOf[code], { headers: { 'Retry-After': retryAfterSeconds }, cause: thrown });
  }
  if (thrown instanceof HttpException) return problemOfHttp(thrown);
  if (isDecodingFailure(thrown)) return undecodable(thrown);
  return new Problem('internal_error', 'Nothing is wrong with the request. Tell us its correlation_id.', {
    cause: thrown,
  });
}

/** What waiting cures, sometimes with an operator's help: a queue that is missing is a broker that cannot take anything. */
const unavailable = {
  database_unavailable: 'database_unavailable',
  broker_unavailable: 'broker_unavailable',
  publish_unconfirmed: 'broker_unavailable',
  publish_returned: 'broker_unavailable',
  topology_missing: 'broker_unavailable',
} as const;

function isOf<Table extends object>(table: Table, key: PropertyKey): key is keyof Table {
  return Object.hasOwn(table, key);
}

/** What express throws of an address such as `/%zz`. */
function isDecodingFailure(thrown: unknown): boolean {
  return thrown instanceof URIError && 'status' in thrown && thrown.status === 400;
}

function undecodable(cause: unknown): Problem {
  return new Problem('invalid_parameters', 'The address cannot be decoded: write % as %25.', { cause });
}

const detailsOf = {
  database_unavailable: 'MongoDB does not answer. Nothing was stored; repeat the request.',
  broker_unavailable: 'RabbitMQ did not confirm. Repeat the request.',
} as const;

/** Nest's own exceptions and those of the body parser, which Nest hands over with their cause: its 400s are all about the body. */
function problemOfHttp(exception: HttpException): Problem {
  const status = exception.getStatus();
  if (status === 400 && isDecodingFailure(exception.cause)) return undecodable(exception);
  if (status === 400) return new Problem('unreadable_body', 'The body cannot be read as JSON.', { cause: exception });
  const code = codeByStatus[status] ?? (status < 500 ? 'bad_request' : 'internal_error');
  return new Problem(code, detailOf(code), { cause: exception });
}

const codeByStatus: Readonly<Record<number, ProblemCode>> = {
  404: 'route_not_found',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
};

function detailOf(code: ProblemCode): string {
  switch (code) {
    case 'body_too_large':
      return 'Bodies may have 64 KB, those of the webhook 1 MB.';
    case 'unsupported_media_type':
      return 'Send the body as JSON in UTF-8, with the header Content-Type: application/json.';
    case 'route_not_found':
      return 'See /docs for what there is.';
    case 'too_many_requests':
      return 'The header Retry-After says in how many seconds to go on.';
    case 'bad_request':
      return 'The request is not one that this service understands.';
    default:
      return 'See /docs for how to ask.';
  }
}
