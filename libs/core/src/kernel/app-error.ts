/** Every error code of the service with its sentence. A code that is not here does not compile. */
export const errorSentences = {
  database_unavailable: 'The database does not answer. Nothing is lost: consuming pauses and goes on when it is back.',
  broker_unavailable: 'RabbitMQ does not answer. Nothing is lost: the work in hand is taken up again when it is back.',
  publish_unconfirmed:
    'RabbitMQ did not confirm a publication. The envelope it was for stays unsettled and is repeated.',
  publish_returned:
    'RabbitMQ had no queue for a publication. Run `npm run topology -- doctor` to see which binding is missing.',
  topology_missing: 'An exchange or queue is missing. Run `npm run topology -- apply` with the admin URL.',
  topology_differs:
    'A queue exists with other arguments. Run `npm run topology -- doctor` to see the difference and the remedy.',
  template_missing:
    'No template is published for this message type. Publish one, or run `npm run migrate` to seed the defaults.',
  rules_invalid: 'The rules, the events and the templates do not fit together. The worker does not start.',
  stored_document_invalid: 'A stored document cannot be read. Its id and field are in the message.',
  invariant_broken: 'The service met a state that its own rules exclude. This is a bug.',
} as const;

export type ErrorCode = keyof typeof errorSentences;

/** What the service throws: lost infrastructure or a bug, never an expected result. `message` names the thing and the value. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options);
  }
}

/** True for errors that waiting cures: the server is away, and the same step may be repeated when it is back. */
export function isLostInfrastructure(error: unknown): error is AppError {
  return (
    error instanceof AppError &&
    (error.code === 'database_unavailable' ||
      error.code === 'broker_unavailable' ||
      error.code === 'publish_unconfirmed')
  );
}
