import { type DeliveryStatus, messageTypeNames, type OutcomeKind } from '@earlybird/core';

/** What a metric is: a count that only rises, a value of now, or a spread. */
export type MetricType = 'counter' | 'gauge' | 'histogram';

/** One metric of the service. */
export interface MetricDefinition {
  readonly type: MetricType;
  /** One sentence: what it counts and what it is good for. */
  readonly help: string;
  /** The processes that have it. */
  readonly on: 'worker' | 'api' | 'both';
  readonly labels: readonly string[];
  /**
   * Series of a counter that are there from the start, with 0. Every one that an alert watches is: Prometheus does not see the
   * rise with which a series begins, so the first one would pass in silence.
   */
  readonly known?: readonly Readonly<Record<string, string>>[];
  /** Upper bounds of a histogram's buckets, in its unit. */
  readonly buckets?: readonly number[];
}

type Rest<Label extends string> = {
  readonly help: string;
  readonly on: MetricDefinition['on'];
  readonly labels: readonly Label[];
  readonly known?: readonly Readonly<Record<NoInfer<Label>, string>>[];
};

const counter = <const Label extends string>(rest: Rest<Label>) => ({ type: 'counter', ...rest }) as const;
const gauge = <const Label extends string>(rest: Rest<Label>) => ({ type: 'gauge', ...rest }) as const;
const histogram = <const Label extends string>(buckets: readonly number[], rest: Rest<Label>) =>
  ({ type: 'histogram', buckets, ...rest }) as const;

/** One series for each value of the only label. */
const each = <const Label extends string>(label: Label, values: readonly string[]) =>
  values.map((value) => ({ [label]: value }) as Readonly<Record<Label, string>>);

const outcomeKinds = [
  'accepted',
  'deferred',
  'refused',
  'throttled',
  'halted',
  'unknown',
] as const satisfies readonly OutcomeKind[];

/** Statuses in which a notification can lack its envelope. */
const sweptStatuses = ['queued', 'sending', 'retrying'] as const satisfies readonly DeliveryStatus[];

/** Seconds of one request: MyOperator's time limit of 10 s is a bound of its own. */
const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
/** Seconds until a message is sent: from at once to the third attempt, two waits of five minutes later, and an outage. */
const sendingBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 30, 60, 300, 600, 3_600, 21_600] as const;

/**
 * Every metric of the service, beside those of Node.js itself. One that is not here does not compile; docs/metrics.md is
 * made from it. No label ever holds a phone, a name or an id: the number of series is bounded by our own vocabulary.
 */
export const metricDefinitions = {
  // Events in.
  notification_events_total: counter({
    help: 'Events taken from the broker, by type and what became of them: accepted, duplicate or parked.',
    on: 'worker',
    labels: ['event_type', 'result'],
  }),
  notification_events_parked_total: counter({
    help: 'Events set aside for a person, by reason; any rise means a publisher sends what it should not.',
    on: 'worker',
    labels: ['reason'],
  }),
  notification_requests_total: counter({
    help: 'Notifications asked for over REST, by message type.',
    on: 'api',
    labels: ['message_type'],
  }),

  notification_commands_total: counter({
    help: 'Commands of the api that this worker carried out, by kind and what they came to.',
    on: 'worker',
    labels: ['command', 'result'],
  }),

  notification_templates_refused_total: counter({
    help: 'Templates that MyOperator refuses for a while or for good, by message type; counted once per refusal.',
    on: 'worker',
    labels: ['message_type'],
    known: each('message_type', messageTypeNames),
  }),
  notification_poison_total: counter({
    help: 'Envelopes that RabbitMQ gave up because they came back too often, by queue; any rise means one ends the worker.',
    on: 'worker',
    labels: ['queue'],
  }),

  // Attempts.
  notification_attempts_total: counter({
    help: 'Attempts to hand a message to MyOperator, by outcome.',
    on: 'worker',
    labels: ['outcome'],
    known: each('outcome', outcomeKinds),
  }),
  notification_attempt_failures_total: counter({
    help: 'Attempts that did not end accepted, by outcome and reason.',
    on: 'worker',
    labels: ['outcome', 'reason'],
    known: [{ outcome: 'unknown', reason: 'lease_over' }],
  }),
  notification_attempt_seconds: histogram(requestBuckets, {
    help: 'How long attempts take, by outcome.',
    on: 'worker',
    labels: ['outcome'],
  }),
  notification_accepted_seconds: histogram(sendingBuckets, {
    help: "Seconds from an event's own time to its acceptance here: in the publisher's outbox, the broker and our queue.",
    on: 'worker',
    labels: [],
  }),
  notification_sent_seconds: histogram(sendingBuckets, {
    help: 'Seconds from the acceptance of the event to that of the message by MyOperator, waits between attempts included.',
    on: 'worker',
    labels: [],
  }),
  notification_duplicates_total: counter({
    help: 'Copies of dispatch envelopes that found their step done; a crash or a redelivery explains each.',
    on: 'worker',
    labels: ['kind'],
  }),
  notification_postponed_total: counter({
    help: 'Envelopes put off without using up an attempt, by reason.',
    on: 'worker',
    labels: ['reason'],
  }),
  notification_parked_total: counter({
    help: 'Notifications given up and parked in the dead-letter queue, by reason.',
    on: 'worker',
    labels: ['reason'],
  }),
  notification_late_answers_total: counter({
    help: 'Answers that came after their lease had run out, by whether they could be recorded.',
    on: 'worker',
    labels: ['recorded'],
  }),
  notification_unwritten_answers_total: counter({
    help: 'Answers of MyOperator lost because the process ended while the database was away; each is in the log.',
    on: 'worker',
    labels: [],
  }),
  notification_missing_total: counter({
    help: 'Envelopes that name a notification MongoDB does not have.',
    on: 'worker',
    labels: [],
  }),

  // Notifications.
  notification_status_changes_total: counter({
    help: 'Notifications that came to a status, by status.',
    on: 'both',
    labels: ['status'],
  }),
  notifications: gauge({
    help: 'Notifications that are not final, by status, as MongoDB has them.',
    on: 'worker',
    labels: ['status'],
  }),
  notification_oldest_seconds: gauge({
    help: 'Seconds since the oldest notification of a status was created, by status; 0 when there is none.',
    on: 'worker',
    labels: ['status'],
  }),
  notification_sweeps_total: counter({
    help: 'Notifications found without an envelope and enqueued again, by status.',
    on: 'worker',
    labels: ['status'],
    known: each('status', sweptStatuses),
  }),
  notification_receipts_total: counter({
    help: 'Receipts from MyOperator, by status and result: applied, duplicate or orphaned.',
    on: 'worker',
    labels: ['status', 'result'],
  }),
  replays_total: counter({
    help: 'Replays that came to an end, by result: done, stopped or cancelled.',
    on: 'both',
    labels: ['result'],
  }),

  // Provider.
  provider_breaker_state: gauge({
    help: 'Whether sending is halted: 0 closed (sending), 1 half-open (one message tries), 2 open (halted).',
    on: 'worker',
    labels: [],
  }),
  provider_rate_share: gauge({
    help: "Messages a second that this worker may send out of the number's rate.",
    on: 'worker',
    labels: [],
  }),

  // Broker and database.
  broker_publishes_total: counter({
    help: 'Messages published to RabbitMQ, by result: confirmed, returned, refused or unconfirmed.',
    on: 'both',
    labels: ['result'],
    known: each('result', ['confirmed', 'returned', 'refused', 'unconfirmed']),
  }),
  broker_envelopes_total: counter({
    help: 'Envelopes settled, by queue and how: acked or returned.',
    on: 'worker',
    labels: ['queue', 'settled'],
  }),
  broker_queue_depth: gauge({
    help: 'Envelopes ready in the dead-letter queues and in the queue of unrouted events; each is work for a person. Asked when scraped.',
    on: 'worker',
    labels: ['queue'],
  }),
  broker_consuming: gauge({
    help: 'Whether this worker takes from a queue: 1, or 0 while it is paused.',
    on: 'worker',
    labels: ['queue'],
  }),
  broker_reconnects_total: counter({
    help: 'Connections to RabbitMQ that were lost and stand again, by purpose: publish or consume.',
    on: 'both',
    labels: ['purpose'],
  }),
  database_waits_total: counter({
    help: 'Steps that waited because MongoDB was away, by step.',
    on: 'both',
    labels: ['step'],
  }),

  // The process.
  dependency_up: gauge({
    help: 'Whether a check of readiness passes: 1 or 0, by check.',
    on: 'both',
    labels: ['check'],
  }),
  http_request_seconds: histogram(requestBuckets, {
    help: 'How long requests to the api take, by method, route and status.',
    on: 'api',
    labels: ['method', 'route', 'status'],
  }),
  http_failures_total: counter({
    help: 'Requests that the api answered with an error of its own, 500 or above; http_request_seconds has their routes.',
    on: 'api',
    labels: [],
  }),
  webhook_refusals_total: counter({
    help: 'Calls of the webhook that were refused, by reason.',
    on: 'api',
    labels: ['reason'],
    known: each('reason', ['credentials_wrong', 'unreadable_body', 'invalid_receipt']),
  }),
} as const satisfies Record<string, MetricDefinition>;

type Definitions = typeof metricDefinitions;

/** The names of the metrics of one type. */
export type MetricName<Type extends MetricType> = {
  [Name in keyof Definitions]: Definitions[Name]['type'] extends Type ? Name : never;
}[keyof Definitions];

/** The labels that a metric takes, all of them. */
export type MetricLabels<Name extends keyof Definitions> = {
  readonly [Label in Definitions[Name]['labels'][number]]: string;
};
