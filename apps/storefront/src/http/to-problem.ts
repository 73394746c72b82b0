import { InvalidEventError } from '@earlybird/events';
import { HttpException } from '@nestjs/common';
import {
  MongoClientClosedError,
  MongoExpiredSessionError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from 'mongodb';
import { invalidFields, Problem } from './problem.js';

/** The problem that answers whatever was thrown. What nobody expected becomes `internal_error`, without details. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof InvalidEventError) {
    return invalidFields(thrown.issues.map(({ path, message }) => ({ field: path.replace(/^data\./, ''), message })));
  }
  if (databaseLosses.some((loss) => thrown instanceof loss)) {
    const detail = 'Nothing was stored, or the answer was lost. Try again in a few seconds.';
    return new Problem('database_unavailable', detail, [], { cause: thrown });
  }
  switch (statusOf(thrown)) {
    case 400:
      return new Problem('unreadable_body', 'The body is not valid JSON.', [], { cause: thrown });
    case 404:
      return new Problem('not_found', 'There is no such endpoint; GET / lists them.', [], { cause: thrown });
    case 405:
      return new Problem('method_not_allowed', 'GET / lists the endpoints.', [], { cause: thrown });
    case 413:
      return new Problem('body_too_large', 'A body may have at most 64 KB.', [], { cause: thrown });
    case 415:
      return new Problem('not_json', 'Send JSON in UTF-8, with content-type: application/json.', [], { cause: thrown });
    default:
      return new Problem('internal_error', 'It is in our log, under the correlation id.', [], { cause: thrown });
  }
}

/** The last four while the driver is being set up anew. */
const databaseLosses = [
  MongoServerSelectionError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoClientClosedError,
  MongoTopologyClosedError,
  MongoExpiredSessionError,
];

/** Nest and the body parser each have their own way to say it. */
function statusOf(thrown: unknown): unknown {
  if (thrown instanceof HttpException) return thrown.getStatus();
  return typeof thrown === 'object' && thrown !== null && 'status' in thrown ? thrown.status : undefined;
}
