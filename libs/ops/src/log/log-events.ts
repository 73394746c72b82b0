import { type LogFieldName, type LogFieldValue } from './log-fields.js';

/** fatal: the process ends. error: a person must act. warn: it goes on, but not as wished. info: a decision. debug: a step. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug';

/** One thing that may be logged. */
export interface LogEvent {
  readonly level: LogLevel;
  /** What stands in `msg`; `{field}` is replaced by the field's value. */
  readonly message: string;
  /** One sentence for the operator: what it means, or what to do. */
  readonly meaning: string;
  readonly fields: readonly LogFieldName[];
  readonly optional: readonly LogFieldName[];
}

function logEvent<const Field extends LogFieldName, const Optional extends LogFieldName = never>(event: {
  level: LogLevel;
  message: string;
  meaning: string;
  fields: readonly Field[];
  optional?: readonly Optional[];
}) {
  return { optional: [] as readonly Optional[], ...event };
}

const trail = ['notificationId', 'correlationId'] as const;
const traced = ['traceId'] as const;

/** Every log event of the service. One that is not here does not compile; docs/log-events.md is made from it. */
export const logEvents = {
  // The process.
  process_started: logEvent({
    level: 'info',
    message: '{context} is up',
    meaning: 'The process has read its configuration, reached its servers and works.',
    fields: ['context', 'node', 'durationMs'],
    optional: ['version'],
  }),
  listening: logEvent({
    level: 'info',
    message: '{context} listens on {address}',
    meaning: 'A port is open.',
    fields: ['context', 'address'],
  }),
  templates_ready: logEvent({
    level: 'info',
    message: 'Templates are initialised: {count} published',
    meaning: 'The templates are in MongoDB; messages can be rendered.',
    fields: ['count'],
  }),
  migration_applied: logEvent({
    level: 'info',
    message: 'Migration: {step}',
    meaning: 'A step of the migrations, which bring the database to the form that this version needs; safe to repeat.',
    fields: ['step'],
    optional: ['durationMs'],
  }),
  consuming_started: logEvent({
    level: 'info',
    message: '{queue} is being processed',
    meaning: 'The queue has a consumer of this process.',
    fields: ['queue', 'count'],
  }),
  consuming_paused: logEvent({
    level: 'warn',
    message: '{queue} is paused: {reason}',
    meaning: 'Nothing is taken from the queue until the reason is gone; what waits in it is safe.',
    fields: ['queue', 'reason'],
    optional: ['detail'],
  }),
  consuming_resumed: logEvent({
    level: 'info',
    message: '{queue} is being processed again',
    meaning: 'The reason of the pause is gone.',
    fields: ['queue', 'waitedMs'],
  }),
  stopping: logEvent({
    level: 'info',
    message: '{signal}: finishing what is in hand',
    meaning: 'A graceful stop began; a second signal ends the process at once.',
    fields: ['signal', 'deadlineMs'],
  }),
  stopped: logEvent({
    level: 'info',
    message: 'Stopped after {durationMs} ms',
    meaning: 'Everything in hand was finished or given back.',
    fields: ['durationMs'],
  }),
  stop_forced: logEvent({
    level: 'warn',
    message: 'Stopped before everything was finished: {reason}',
    meaning: 'The deadline passed or a second signal came; what was in hand is repeated by the next process.',
    fields: ['reason', 'durationMs'],
    optional: ['step'],
  }),
  stop_step_failed: logEvent({
    level: 'error',
    message: 'While stopping, {step} failed',
    meaning: 'The stop goes on with its next step.',
    fields: ['step', 'error'],
  }),
  crashed: logEvent({
    level: 'fatal',
    message: 'A bug ended the process: {reason}',
    meaning: 'An error that nobody expected; the process ends so that it starts again from a known state.',
    fields: ['reason', 'error'],
  }),
  start_failed: logEvent({
    level: 'fatal',
    message: 'The process cannot start',
    meaning: 'The error names the cause and what to do; waiting would not cure it.',
    fields: ['error'],
  }),

  // Servers.
  waiting_for_server: logEvent({
    level: 'warn',
    message: 'Waiting for {server}: {reason} (next try in {waitMs} ms)',
    meaning: 'The server does not answer yet; the process goes on by itself when it does.',
    fields: ['server', 'reason', 'waitMs', 'waitedMs'],
    optional: ['address'],
  }),
  server_reached: logEvent({
    level: 'info',
    message: '{server} answers',
    meaning: 'The connection stands.',
    fields: ['server', 'waitedMs'],
    optional: ['address'],
  }),
  connection_lost: logEvent({
    level: 'warn',
    message: 'The connection to {server} is lost: {reason}',
    meaning: 'Consuming pauses and resumes by itself; nothing is lost.',
    fields: ['server', 'reason'],
    optional: ['context', 'error'],
  }),
  connection_restored: logEvent({
    level: 'info',
    message: 'The connection to {server} stands again',
    meaning: 'Work goes on.',
    fields: ['server', 'waitedMs'],
    optional: ['context'],
  }),
  consumer_attached_again: logEvent({
    level: 'info',
    message: 'Consuming {queue} again after {reason}',
    meaning: 'The broker had cancelled the consumer or its channel had closed; a new one is attached.',
    fields: ['queue', 'reason'],
  }),
  broker_blocked: logEvent({
    level: 'error',
    message: 'RabbitMQ takes no messages: {reason}',
    meaning: 'A memory or disk alarm of the broker: give it room. Consuming pauses meanwhile.',
    fields: ['reason'],
  }),
  broker_unblocked: logEvent({
    level: 'info',
    message: 'RabbitMQ takes messages again',
    meaning: 'The alarm is over.',
    fields: ['waitedMs'],
  }),
  waiting_for_database: logEvent({
    level: 'warn',
    message: 'MongoDB is away at "{step}"; trying again in {waitMs} ms',
    meaning: 'The step is repeated until it succeeds; an outcome in hand is kept.',
    fields: ['step', 'waitMs'],
  }),
  round_failed: logEvent({
    level: 'error',
    message: 'A round of the {context} failed',
    meaning: 'Something that is done again and again met an error; the next round takes it up.',
    fields: ['context', 'error'],
  }),
  topology_wrong: logEvent({
    level: 'error',
    message: 'The topology of the broker is not as it should be: {detail}',
    meaning: 'Run `npm run topology -- doctor` to see the difference and the remedy.',
    fields: ['detail'],
    optional: ['queue'],
  }),

  // Events in.
  event_accepted: logEvent({
    level: 'info',
    message: '{eventType} became a {messageType}, {status}',
    meaning: 'An event was accepted and a notification created.',
    fields: [...trail, 'eventType', 'eventId', 'publisher', 'messageType', 'status'],
    optional: traced,
  }),
  event_duplicate: logEvent({
    level: 'info',
    message: '{eventType} was here before',
    meaning: 'The event is known already; nothing is sent twice.',
    fields: [...trail, 'eventType', 'eventId', 'publisher', 'enqueuedAgain'],
    optional: traced,
  }),
  event_parked: logEvent({
    level: 'error',
    message: 'An event of {publisher} was parked: {reason}',
    meaning: 'The event cannot be read or is not allowed; it lies in notifications.events.dlq for a person.',
    fields: ['reason', 'detail', 'routingKey', 'publisher'],
    optional: ['eventId'],
  }),
  event_postponed: logEvent({
    level: 'warn',
    message: 'An envelope of {queue} is tried again later: {reason}',
    meaning: 'A transient trouble with one event or receipt; it comes back by itself.',
    fields: ['queue', 'reason', 'attempt'],
    optional: ['eventId', 'error'],
  }),
  notification_requested: logEvent({
    level: 'info',
    message: '{client} asked for a {messageType}, {status}',
    meaning: 'A notification was created over REST.',
    fields: [...trail, 'messageType', 'client', 'status'],
    optional: traced,
  }),

  // Dispatch.
  attempt_started: logEvent({
    level: 'debug',
    message: 'Attempt {attempt} starts',
    meaning: 'The attempt is on record and its lease runs; the message leaves next.',
    fields: [...trail, 'attempt', 'lane'],
    optional: traced,
  }),
  attempt_finished: logEvent({
    level: 'info',
    message: 'Attempt {attempt} came to {outcome}; the notification is {status}',
    meaning: 'The provider answered, or did not; the outcome is on record.',
    fields: [...trail, 'attempt', 'outcome', 'counted', 'status', 'durationMs', 'sinceCreatedMs'],
    optional: [...traced, 'reason', 'errorCode', 'httpStatus'],
  }),
  late_answer: logEvent({
    level: 'warn',
    message: 'The answer to attempt {attempt} came after its lease',
    meaning: 'Another worker had closed the attempt as unknown; an acceptance is still written.',
    fields: [...trail, 'attempt', 'recorded'],
    optional: traced,
  }),
  answer_unwritten: logEvent({
    level: 'error',
    message: 'The process ends with the answer to attempt {attempt} unwritten: {outcome}',
    meaning: 'The database stayed away until the deadline; this line is the only record of the answer.',
    fields: [...trail, 'attempt', 'outcome'],
    optional: [...traced, 'providerMessageId'],
  }),
  dispatch_duplicate: logEvent({
    level: 'debug',
    message: 'Another copy of the envelope of attempt {attempt}',
    meaning: 'The step is done already; the copy is settled without doing anything.',
    fields: [...trail, 'attempt', 'status'],
    optional: traced,
  }),
  dispatch_postponed: logEvent({
    level: 'debug',
    message: 'Attempt {attempt} waits: {reason}',
    meaning: 'The envelope went to a delay queue without using up an attempt.',
    fields: [...trail, 'attempt', 'reason'],
    optional: traced,
  }),
  settled_again: logEvent({
    level: 'info',
    message: 'Attempt {attempt} was done; its envelope is settled from the record',
    meaning: 'A process ended between the outcome and the acknowledgement; nothing was sent again.',
    fields: [...trail, 'attempt', 'status'],
    optional: traced,
  }),
  status_changed: logEvent({
    level: 'info',
    message: 'The notification is {status}: {reason}',
    meaning: 'A decision without an attempt: suppressed, expired, cancelled, postponed or failed.',
    fields: [...trail, 'status', 'reason'],
    optional: traced,
  }),
  notification_parked: logEvent({
    level: 'error',
    message: 'Parked after attempt {attempt}: {reason}',
    meaning: 'Nothing more is tried; the envelope lies in the dead-letter queue for a person.',
    fields: [...trail, 'attempt', 'reason'],
    optional: traced,
  }),
  notification_missing: logEvent({
    level: 'warn',
    message: 'There is no notification {notificationId}',
    meaning: 'An envelope names a notification that MongoDB does not have: erased, expired, or another database.',
    fields: ['notificationId', 'attempt'],
  }),
  swept: logEvent({
    level: 'warn',
    message: 'A {status} notification had lost its envelope and is enqueued again',
    meaning: 'The sweeper repaired what a crash or an operator left behind.',
    fields: [...trail, 'status', 'sweeps'],
    optional: traced,
  }),
  poison_adopted: logEvent({
    level: 'error',
    message: 'The broker gave up on an envelope of {queue}',
    meaning: 'It ended the worker or was returned too often; its notification is failed, reason poison.',
    fields: ['queue', 'reason'],
    optional: ['notificationId', 'correlationId', 'attempt'],
  }),
  envelope_failed: logEvent({
    level: 'error',
    message: 'An envelope of {queue} could not be handled',
    meaning: 'A bug or a stored document that cannot be read; the envelope is returned and counts towards its limit.',
    fields: ['queue', 'error'],
    optional: ['notificationId', 'correlationId', 'attempt', 'eventId'],
  }),

  envelope_unreadable: logEvent({
    level: 'error',
    message: 'An envelope of {queue} cannot be read: {detail}',
    meaning: 'It is none of ours, or of another version; it lies in the dead-letter queue for a person.',
    fields: ['queue', 'detail'],
  }),

  // Provider.
  provider_halted: logEvent({
    level: 'error',
    message: 'Sending is halted: {reason}',
    meaning: 'MyOperator refuses the account or is not reachable; no attempt is used up, everything waits.',
    fields: ['reason', 'waitMs'],
    optional: ['errorCode', 'httpStatus', 'detail'],
  }),
  template_held: logEvent({
    level: 'error',
    message: 'Template {template} is held for {waitMs} ms: {reason}',
    meaning:
      'WhatsApp has paused the template; its notifications wait, uncounted, until the time is over or a version is published.',
    fields: ['messageType', 'template', 'reason', 'waitMs'],
  }),
  template_disabled: logEvent({
    level: 'error',
    message: 'Template {template} is refused for good: {reason}',
    meaning: 'WhatsApp has disabled the template; map the message type to another one and publish that.',
    fields: ['messageType', 'template', 'reason'],
  }),
  provider_probed: logEvent({
    level: 'info',
    message: 'MyOperator was probed: {result}',
    meaning: 'While sending is halted, the account is asked for again and again.',
    fields: ['result'],
    optional: ['reason', 'waitMs', 'httpStatus'],
  }),
  provider_recovered: logEvent({
    level: 'info',
    message: 'Sending goes on after {waitedMs} ms',
    meaning: 'A message was accepted again; what waited drains at a bounded rate.',
    fields: ['waitedMs'],
  }),
  free_text: logEvent({
    level: 'warn',
    message: '{count} templates have no approved provider template and are sent as free text',
    meaning: 'WhatsApp delivers free text only within 24 hours of a message from the customer.',
    fields: ['count'],
  }),

  // Replays.
  replay_taken: logEvent({
    level: 'info',
    message: 'Replay {replayId} goes on here; {count} resent so far',
    meaning: 'This worker carries the replay out: it is new, was given back, or its worker gave no sign of life.',
    fields: ['replayId', 'worker', 'count'],
  }),
  replay_ended: logEvent({
    level: 'info',
    message: 'Replay {replayId} is {result}: {reason}; {count} resent',
    meaning: 'Everything was looked at, too much of it failed again, or a person cancelled it.',
    fields: ['replayId', 'result', 'reason', 'count'],
  }),
  replay_failed: logEvent({
    level: 'error',
    message: 'Replay {replayId} met an error of ours and is stopped',
    meaning: 'A bug, or a stored document that cannot be read; what was resent stays resent. Start another one later.',
    fields: ['replayId', 'error'],
  }),

  // Receipts.
  receipt_recorded: logEvent({
    level: 'info',
    message: 'Receipt {status}: {result}',
    meaning: 'MyOperator reported what became of a message.',
    fields: ['status', 'result'],
    optional: [...trail, ...traced],
  }),
  webhook_refused: logEvent({
    level: 'warn',
    message: 'A call of the webhook was refused: {reason}',
    meaning: 'Wrong credentials or an unreadable body; compare the webhook settings of MyOperator with ours.',
    fields: ['reason'],
    optional: ['httpStatus', 'detail'],
  }),

  // Api.
  request_answered: logEvent({
    level: 'debug',
    message: '{method} {route} answered {httpStatus} in {durationMs} ms',
    meaning: 'One HTTP request.',
    fields: ['method', 'route', 'httpStatus', 'durationMs'],
    optional: ['client', 'errorCode'],
  }),
  request_failed: logEvent({
    level: 'error',
    message: '{method} {route} failed',
    meaning: 'A request met an error of ours; the client got a problem document without details.',
    fields: ['method', 'route', 'httpStatus', 'durationMs', 'error'],
    optional: ['client', 'correlationId'],
  }),
  admin_action: logEvent({
    level: 'info',
    message: '{client} asked for {action}',
    meaning: 'A person changed something; it is on record with the notification or in the audit log.',
    fields: ['client', 'action'],
    optional: ['notificationId', 'replayId', 'messageType', 'result', 'count', 'commandId'],
  }),

  command_answered: logEvent({
    level: 'info',
    message: 'The command {action} of {client} came to {result}',
    meaning: 'The worker did what the api asked of it on behalf of a person, or says why not.',
    fields: ['commandId', 'action', 'client', 'result'],
    optional: traced,
  }),

  // The reference publishers and the simulator.
  event_published: logEvent({
    level: 'info',
    message: '{eventType} is with the broker',
    meaning: 'The broker confirmed the event.',
    fields: ['eventType', 'eventId', 'publisher', 'correlationId'],
  }),
  event_unpublished: logEvent({
    level: 'warn',
    message: '{eventType} stays in the outbox: {reason}',
    meaning: 'The broker did not confirm; the event is kept and relayed later.',
    fields: ['eventType', 'eventId', 'publisher', 'reason'],
    optional: ['waitMs'],
  }),
  message_captured: logEvent({
    level: 'info',
    message: 'A message was captured: {result}',
    meaning: 'The simulator got a request and answered as told.',
    fields: ['result', 'httpStatus'],
    optional: ['messageType', 'notificationId', 'reason'],
  }),

  // Tracing.
  spans_taken: logEvent({
    level: 'info',
    message: 'Spans reach {address}',
    meaning:
      'The collector takes spans, for the first time or again; `count` were lost meanwhile in batches that it refused.',
    fields: ['address', 'count'],
  }),
  spans_refused: logEvent({
    level: 'warn',
    message: 'Spans do not reach {address}: {reason}',
    meaning:
      'The collector is away, slow or refuses them. Messages are not concerned. Not said again until it has taken some.',
    fields: ['address', 'reason'],
  }),

  // Libraries.
  framework: logEvent({
    level: 'debug',
    message: '{message}',
    meaning: 'NestJS or a library says something.',
    fields: ['message'],
    optional: ['context'],
  }),
  framework_warning: logEvent({
    level: 'warn',
    message: '{message}',
    meaning: 'NestJS or a library warns.',
    fields: ['message'],
    optional: ['context'],
  }),
  framework_error: logEvent({
    level: 'error',
    message: '{message}',
    meaning: 'NestJS or a library reports an error.',
    fields: ['message'],
    optional: ['context', 'error'],
  }),
} as const satisfies Record<string, LogEvent>;

export type LogEventName = keyof typeof logEvents;

/** The fields that a log event takes. */
export type LogEventFields<Name extends LogEventName> = {
  readonly [Field in (typeof logEvents)[Name]['fields'][number]]: LogFieldValue<Field>;
} & {
  readonly [Field in (typeof logEvents)[Name]['optional'][number]]?: LogFieldValue<Field> | undefined;
};
