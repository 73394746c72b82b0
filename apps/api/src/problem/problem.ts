import { type ProblemCode } from './problem-codes.js';

/** What is wrong with one field, and how to put it right. */
export interface FieldIssue {
  /** As the client wrote it: `context.customer_name`, `limit`, `Idempotency-Key`. */
  readonly field: string;
  readonly message: string;
  /** In the text of a template; both count from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** A request that is answered with a problem document: thrown anywhere below a controller, written by the problem filter. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    /** One sentence about this very request: the thing, the value, what to do. No personal data. */
    detail: string,
    readonly more: {
      readonly issues?: readonly FieldIssue[];
      /** Further members of the document, e.g. the id of the message that is in the way. */
      readonly members?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(detail, { cause: more.cause });
  }
}
