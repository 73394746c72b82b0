import { AppError, type ErrorCode } from '@earlybird/core';
import { PublishError, type PublishErrorCode } from '@earlybird/events';

/**
 * What a failed publication means for the envelope that it was for. `refused` is a queue without a leader, a missing exchange
 * or a missing permission: in each case the envelope waits.
 */
const meanings: Readonly<Record<PublishErrorCode, ErrorCode>> = {
  not_connected: 'broker_unavailable',
  blocked: 'broker_unavailable',
  saturated: 'broker_unavailable',
  closed: 'broker_unavailable',
  refused: 'broker_unavailable',
  unconfirmed: 'publish_unconfirmed',
  returned: 'publish_returned',
  unencodable: 'invariant_broken',
  unknown_type: 'invariant_broken',
  foreign_type: 'invariant_broken',
};

/** The publisher's error in the terms of core; anything else is a bug and comes back as it is. */
export function appErrorOf(error: unknown): unknown {
  return error instanceof PublishError ? new AppError(meanings[error.code], error.message, { cause: error }) : error;
}
