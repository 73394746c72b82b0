/**
 * Why a publication failed.
 *
 * | code | what happened | is it at the broker? |
 * |---|---|---|
 * | `not_connected` | there is no connection at the moment | no |
 * | `blocked` | the broker takes no publications at the moment (memory or disk alarm) | no |
 * | `saturated` | too many confirms were outstanding for too long; it was not sent | no |
 * | `closed` | the publisher has been closed | no |
 * | `unknown_type` | there is no such event type | no |
 * | `foreign_type` | the type or the source belongs to another service | no |
 * | `returned` | no queue wanted it (`mandatory`) | no |
 * | `refused` | the broker said no: queue full, missing permission, missing exchange | no |
 * | `unencodable` | its headers do not fit into a frame | no |
 * | `unconfirmed` | sent, but no confirm came in time, or the connection broke first | perhaps |
 */
export type PublishErrorCode =
  | 'not_connected'
  | 'blocked'
  | 'saturated'
  | 'closed'
  | 'unknown_type'
  | 'foreign_type'
  | 'returned'
  | 'refused'
  | 'unencodable'
  | 'unconfirmed';

/** A publication that was not confirmed. Only after `unconfirmed` may it have arrived: publish it again with the same id. */
export class PublishError extends Error {
  constructor(
    readonly code: PublishErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'PublishError';
  }
}
