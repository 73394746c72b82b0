/** What the body of an answer says, as far as it can be read. */
export interface AnswerBody {
  /** Every error code, in the order in which they are trusted. */
  readonly codes: readonly string[];
  /** The provider's id of the message. */
  readonly messageId?: string;
  /** The body itself speaks of an error. */
  readonly saysError: boolean;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** No honest id is longer; it is stored and indexed. */
const longestId = 256;
/** No honest code is longer. */
const longestCode = 64;
/** Codes looked at in one list of errors. */
const codesAtMost = 10;

const nothing: AnswerBody = { codes: [], saysError: false };

/** Reads an answer's body; whatever is no JSON object says nothing. */
export function readAnswerBody(text: string): AnswerBody {
  const body = parseObject(text);
  return body === undefined ? nothing : describe(body);
}

/** The error codes in an object of the provider, from all four places (provider.md). Also for failed receipts. */
export function errorCodesIn(body: JsonObject): readonly string[] {
  const places = [
    body['code'],
    at(body, 'error', 'code'),
    ...listed(body['errors']),
    at(body, 'data', 'error', 'code'),
  ];
  return places.flatMap((code) => codeText(code) ?? []);
}

function describe(body: JsonObject): AnswerBody {
  const messageId = [body['message_id'], body['id'], at(body, 'data', 'message_id'), at(body, 'data', 'id')].find(
    (id): id is string | number => idText(id) !== undefined,
  );
  return {
    codes: errorCodesIn(body),
    ...(messageId !== undefined && { messageId: String(messageId) }),
    saysError: saysError(body),
  };
}

/** A bare `message` does not count: gateways write one without having asked the provider. */
function saysError(body: JsonObject): boolean {
  const status = body['status'];
  const word = typeof status === 'string' ? status.toLowerCase() : '';
  return (
    ['error', 'failed', 'failure', 'fail'].includes(word) ||
    body['success'] === false ||
    isFilled(body['error']) ||
    isFilled(body['errors']) ||
    isFilled(at(body, 'data', 'error'))
  );
}

function listed(errors: unknown): readonly unknown[] {
  return Array.isArray(errors) ? errors.slice(0, codesAtMost).map((error: unknown) => at(error, 'code')) : [];
}

function isFilled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' ? value !== null && Object.keys(value).length > 0 : Boolean(value);
}

function codeText(code: unknown): string | undefined {
  const text = typeof code === 'number' || typeof code === 'string' ? String(code).trim() : '';
  return text !== '' && text.length <= longestCode && /^[\w.-]+$/.test(text) ? text : undefined;
}

function idText(id: unknown): string | undefined {
  const text = typeof id === 'number' || typeof id === 'string' ? String(id).trim() : '';
  return text !== '' && text.length <= longestId ? text : undefined;
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
