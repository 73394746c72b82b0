/** What a field of a log line may hold. An error is written as name, code, message, stack and causes, nothing else. */
export type LogFieldKind = 'text' | 'number' | 'flag' | 'error';

interface LogField {
  readonly kind: LogFieldKind;
  /** One sentence, with the unit. */
  readonly meaning: string;
}

const text = (meaning: string) => ({ kind: 'text', meaning }) as const satisfies LogField;
const number = (meaning: string) => ({ kind: 'number', meaning }) as const satisfies LogField;
const flag = (meaning: string) => ({ kind: 'flag', meaning }) as const satisfies LogField;

/** Every field that a log line may carry beside level, time, app and event. A field that is not here does not compile. */
export const logFields = {
  // Whom and what it is about.
  correlationId: text('Follows one business action through every line and envelope.'),
  notificationId: text('The notification.'),
  replayId: text('The replay.'),
  attempt: number('The number of the attempt, from 1.'),
  eventType: text('The type of the event, e.g. order.created.'),
  eventId: text("The event's own id; unique together with its source."),
  publisher: text('The RabbitMQ user that published, or the source that the event names.'),
  messageType: text('What kind of thing is told, e.g. order_confirmation.'),
  template: text('A version of a template: message type, language and number.'),
  traceId: text('The trace that it belongs to: the one of the publisher or client, else our own.'),
  client: text('Who called the api: the subject of the token.'),
  worker: text('The worker process: host and process id.'),
  commandId: text('The command that the api gave to the worker.'),

  // What was decided.
  status: text('The delivery status that the notification has now.'),
  outcome: text('What the attempt came to: accepted, deferred, refused, throttled, halted, unknown.'),
  counted: flag('Whether the attempt uses up one of the allowed ones.'),
  reason: text('Why, as a stable word.'),
  detail: text('Why, in more words; cut at 500 characters, without personal data.'),
  errorCode: text("The provider's or our own error code."),
  result: text('What came of it, as a stable word.'),
  enqueuedAgain: flag('Whether the envelope of an earlier copy was lost and has been enqueued again.'),
  recorded: flag('Whether the answer could still be written to the notification.'),
  providerMessageId: text('The id that the provider gave the message.'),
  sweeps: number('How often the notification was found without an envelope.'),
  action: text('What a person asked for.'),

  // Where.
  queue: text('The queue.'),
  lane: text('The dispatch lane: normal or bulk.'),
  routingKey: text('The routing key under which the envelope came in.'),
  server: text('The server or service at the other end: RabbitMQ, MongoDB, MyOperator.'),
  address: text('Where it is reached or listens; without user and password.'),
  step: text('What was being done.'),
  context: text('The class or part that speaks.'),
  method: text('The HTTP method.'),
  route: text('The route with its placeholders, not the path that was called.'),
  httpStatus: number('The HTTP status of the answer.'),

  // How long and how much.
  durationMs: number('How long it took, in milliseconds.'),
  waitMs: number('How long is waited until the next try, in milliseconds.'),
  waitedMs: number('How long was waited so far, in milliseconds.'),
  sinceCreatedMs: number('Milliseconds since the notification was created.'),
  deadlineMs: number('How long the stop may take, in milliseconds.'),
  count: number('How many.'),

  // The process.
  signal: text('The signal that came.'),
  version: text('The version of this service.'),
  node: text('The version of Node.js.'),
  message: text('What a library said.'),
  error: { kind: 'error', meaning: 'What was thrown, without configuration, credentials or bodies.' },
} as const satisfies Record<string, LogField>;

export type LogFieldName = keyof typeof logFields;

interface KindTypes {
  readonly text: string;
  readonly number: number;
  readonly flag: boolean;
  /** Anything can be thrown. */
  readonly error: unknown;
}

/** The TypeScript type of a field's value. */
export type LogFieldValue<Name extends LogFieldName> = KindTypes[(typeof logFields)[Name]['kind']];
