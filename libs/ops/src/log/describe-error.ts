/** An error as a log line shows it. */
export interface DescribedError {
  readonly name: string;
  readonly code?: string;
  readonly message: string;
  /** Of HTTP clients: the status of the answer. */
  readonly httpStatus?: number;
  readonly stack?: string;
  readonly cause?: DescribedError;
  readonly errors?: readonly DescribedError[];
}

/** Longer chains and lists are loops or floods. */
const limits = { causes: 5, errors: 5, message: 1_000, stack: 4_000 } as const;

/**
 * Picks what helps out of whatever was thrown. Everything else stays out: an HTTP client's error carries the request with
 * its credentials and the customer's message, a driver's the whole command.
 */
export function describeError(thrown: unknown, clean: (text: string) => string, depth = 0): DescribedError {
  if (!(thrown instanceof Error)) return { name: typeof thrown, message: cut(clean(textOf(thrown)), limits.message) };
  const code = codeOf(thrown);
  const httpStatus = httpStatusOf(thrown);
  const deeper = depth < limits.causes;
  return {
    name: thrown.name,
    ...(code !== undefined && { code: clean(code) }),
    message: cut(clean(thrown.message), limits.message),
    ...(httpStatus !== undefined && { httpStatus }),
    ...(thrown.stack !== undefined && { stack: cut(clean(framesOf(thrown.stack)), limits.stack) }),
    ...(thrown.cause !== undefined && deeper && { cause: describeError(thrown.cause, clean, depth + 1) }),
    ...(thrown instanceof AggregateError &&
      deeper && { errors: thrown.errors.slice(0, limits.errors).map((one) => describeError(one, clean, depth + 1)) }),
  };
}

function codeOf(error: Error): string | undefined {
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : undefined;
}

function httpStatusOf(error: Error): number | undefined {
  if (!('response' in error) || typeof error.response !== 'object' || error.response === null) return undefined;
  const status: unknown = 'status' in error.response ? error.response.status : undefined;
  return typeof status === 'number' ? status : undefined;
}

/** The frames alone: the message stands beside them already. */
function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .join('\n');
}

function textOf(thrown: unknown): string {
  return typeof thrown === 'string' || typeof thrown === 'number' || typeof thrown === 'boolean'
    ? String(thrown)
    : `something that is no Error was thrown: ${Object.prototype.toString.call(thrown)}`;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
