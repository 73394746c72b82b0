/** One wrong field of a request: its dotted path in the body, and what is wrong with it. */
export interface WrongField {
  readonly field: string;
  readonly message: string;
}

/** Every kind of problem that the storefront answers with: status and title (RFC 9457). */
const kinds = {
  unreadable_body: { status: 400, title: 'The body cannot be read' },
  not_found: { status: 404, title: 'There is no such thing' },
  method_not_allowed: { status: 405, title: 'This method is not answered here' },
  body_too_large: { status: 413, title: 'The body is too large' },
  not_json: { status: 415, title: 'The body is not JSON' },
  invalid_fields: { status: 422, title: 'Some fields are wrong' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  database_unavailable: { status: 503, title: 'The database is away' },
} as const;

/** The stable code of a problem. */
export type ProblemCode = keyof typeof kinds;

/** A request that cannot be answered as asked; becomes a problem document. `detail` says what to do. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly wrongFields: readonly WrongField[] = [],
    options?: ErrorOptions,
  ) {
    super(detail, options);
    this.name = 'Problem';
    ({ status: this.status, title: this.title } = kinds[code]);
  }
}

/** The problem of a request with wrong fields; each of them is named. */
export const invalidFields = (wrongFields: readonly WrongField[]): Problem =>
  new Problem(
    'invalid_fields',
    wrongFields.map(({ field, message }) => `${field}: ${message}`).join('; '),
    wrongFields,
  );
