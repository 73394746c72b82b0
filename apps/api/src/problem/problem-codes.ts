/** What a problem document says beside its detail: the HTTP status and a title that never changes. */
interface ProblemKind {
  readonly status: number;
  readonly title: string;
}

/** Every code that a problem document of the api may carry. Stable: clients may decide by them. One that is not here does not compile. */
export const problemCodes = {
  unreadable_body: { status: 400, title: 'The body is no valid JSON object.' },
  invalid_parameters: { status: 400, title: 'Parameters of the address or the headers are wrong.' },
  invalid_receipt: { status: 400, title: 'The report cannot be read.' },
  invalid_cursor: { status: 400, title: 'The cursor is damaged or belongs to another query.' },
  /** Beside all routes: what no other code says. */
  bad_request: { status: 400, title: 'The request cannot be understood.' },
  token_missing: { status: 401, title: 'A bearer token is needed.' },
  token_invalid: { status: 401, title: 'The bearer token is not valid.' },
  token_expired: { status: 401, title: 'The bearer token has expired.' },
  credentials_wrong: { status: 401, title: 'The credentials of the webhook are missing or wrong.' },
  role_missing: { status: 403, title: 'The token has none of the roles that may do this.' },
  route_not_found: { status: 404, title: 'There is nothing at this address.' },
  message_not_found: { status: 404, title: 'There is no such message.' },
  template_not_found: { status: 404, title: 'There is no such template.' },
  command_not_found: { status: 404, title: 'There is no such command to the worker.' },
  parked_event_not_found: { status: 404, title: 'There is no such parked event.' },
  settings_not_found: { status: 404, title: 'Nothing is on record.' },
  replay_not_found: { status: 404, title: 'There is no such replay.' },
  idempotency_conflict: { status: 409, title: 'The Idempotency-Key was used for another request.' },
  not_cancellable: { status: 409, title: 'Only what is scheduled, queued or retrying can be cancelled.' },
  not_in_doubt: { status: 409, title: 'Only an unknown message can be resolved.' },
  message_in_flight: { status: 409, title: 'The message is still on its way.' },
  needs_force: { status: 409, title: 'The message has arrived, or perhaps has.' },
  expired: { status: 409, title: 'The moment that the message is bound to has passed.' },
  already_resent: { status: 409, title: 'The message was resent already, and that has come to its end.' },
  provider_halted: { status: 409, title: 'Sending is halted: MyOperator refuses the account or is not reachable.' },
  replay_ended: { status: 409, title: 'The replay has come to its end already.' },
  body_too_large: { status: 413, title: 'The body is too large.' },
  unsupported_media_type: { status: 415, title: 'The body is not sent as JSON.' },
  invalid_fields: { status: 422, title: 'Fields of the body are wrong.' },
  too_many_requests: { status: 429, title: 'Too many requests; slow down.' },
  command_failed: { status: 500, title: 'The worker could not do what was asked.' },
  internal_error: { status: 500, title: 'The service met an error of its own.' },
  database_unavailable: { status: 503, title: 'The database does not answer; try again soon.' },
  broker_unavailable: { status: 503, title: 'RabbitMQ does not answer; try again soon.' },
  keys_unavailable: { status: 503, title: 'The keys that tokens are checked with cannot be fetched; try again soon.' },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemCodes;

/** All codes, for documents and tests. */
export const problemCodeNames = Object.keys(problemCodes) as readonly ProblemCode[];
