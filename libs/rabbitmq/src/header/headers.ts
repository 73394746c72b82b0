/** One of our headers. */
interface Header {
  readonly name: string;
  /** One sentence for whoever reads it in the management UI. */
  readonly sentence: string;
}

const header = <const Name extends string>(name: Name, sentence: string) =>
  ({ name, sentence }) as const satisfies Header;

/** Every header of ours, so that the plain management UI tells the story of what waits or died (broker.md). */
export const headers = {
  notificationId: header('x-notification-id', 'The notification that the envelope stands for.'),
  attempt: header('x-attempt', 'The attempt that the envelope asks for, from 1; of an event or receipt: its handling.'),
  reason: header('x-reason', 'Why it waits or was set aside, as a stable word.'),
  detail: header('x-detail', 'The same in more words, without personal data; at most 500 characters.'),
  errorCode: header('x-error-code', "The provider's or our own code of the last failure."),
  nextAttemptAt: header('x-next-attempt-at', 'When it is due again (ISO 8601, UTC).'),
  firstFailedAt: header('x-first-failed-at', 'When it failed for the first time (ISO 8601, UTC).'),
  originalRoutingKey: header('x-original-routing-key', 'Where it was published to at first: event type, or queue.'),
  publisher: header('x-publisher', 'The RabbitMQ user that published the original, as the broker vouched for it.'),
  traceparent: header('traceparent', 'W3C trace context of the action that caused it.'),
  correlationId: header('x-correlation-id', 'Follows one business action through every log line and envelope.'),
} as const satisfies Record<string, Header>;

/** What a header of ours may hold. */
export type HeaderValue = string | number | boolean;
/** Headers by name, as they are published. */
export type Headers = Readonly<Record<string, HeaderValue>>;

/** A header table over 64 KiB cannot be sent; nobody reads more than this of an error (broker.md). */
const longestText = 500;

/** Our headers from named values: absent ones stay absent, times become ISO 8601, long texts are cut. */
export function headersOf(values: {
  readonly [Key in keyof typeof headers]?: HeaderValue | Date | undefined;
}): Headers {
  const entries = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [[headers[key as keyof typeof headers].name, plain(value)] as const],
  );
  return Object.fromEntries(entries);
}

function plain(value: HeaderValue | Date): HeaderValue {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value.slice(0, longestText) : value;
}
