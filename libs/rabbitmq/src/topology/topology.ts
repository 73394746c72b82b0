import { exchanges, queues, retryQueue } from './names.js';
import { policies } from './policies.js';
import { deadLetterQueue, delayQueue, laneDelayQueues, unroutedQueue, workQueue } from './queue-entries.js';
import type { BindingEntry, ExchangeEntry, QueueEntry, Topology } from './topology-entry.js';

/** What the table depends on. */
export interface TopologyParameters {
  /** The event types that have a rule: exactly these are bound. */
  readonly eventTypes: readonly string[];
  /** Every delay that the retry policy can ask for (`delaysOf` of core). */
  readonly retryDelaysMs: readonly number[];
  /** The wait that counts no attempt. */
  readonly deferDelayMs: number;
  /** How long an event with a transient trouble waits. Default 1 min. */
  readonly eventRetryDelayMs?: number;
  /** The same for a receipt. Default 5 s. */
  readonly receiptRetryDelayMs?: number;
}

/** A minute outlasts a deployment of ours; ten of them, a quick mend by hand. */
export const defaultEventRetryDelayMs = 60_000;
/** A receipt overtakes the answer that makes it known by seconds, not minutes. */
export const defaultReceiptRetryDelayMs = 5_000;

/** The one table of exchanges, queues, bindings and policies (broker.md, topology). */
export function topologyOf(parameters: TopologyParameters): Topology {
  return {
    exchanges: exchangeEntries,
    queues: queueEntries(parameters),
    bindings: bindingEntries(parameters.eventTypes),
    policies,
  };
}

const exchangeEntries: readonly ExchangeEntry[] = [
  {
    name: exchanges.events,
    type: 'topic',
    owner: 'platform',
    alternateExchange: exchanges.unrouted,
    sentence: 'The one entry for publishers; the routing key is the event type.',
  },
  {
    name: exchanges.unrouted,
    type: 'fanout',
    owner: 'platform',
    sentence: 'Takes what was published under a key that nobody is bound for.',
  },
  {
    name: exchanges.internal,
    type: 'direct',
    owner: 'worker',
    sentence: 'The one exchange that the api may write to; the routing key is the name of a queue.',
  },
  {
    name: exchanges.outcomes,
    type: 'topic',
    owner: 'worker',
    sentence: 'Reserved for what became of each notification; nothing is published to it yet.',
  },
];

function queueEntries(parameters: TopologyParameters): readonly QueueEntry[] {
  const { eventRetryDelayMs = defaultEventRetryDelayMs, receiptRetryDelayMs = defaultReceiptRetryDelayMs } = parameters;
  return [
    unroutedQueue,
    // No length limit: it would reject publishers of everything.
    workQueue({ name: queues.events, sentence: 'Events that have a rule.' }, queues.eventsDead),
    delayQueue(
      { name: retryQueue(queues.events, eventRetryDelayMs), sentence: 'A transient trouble of one event.' },
      eventRetryDelayMs,
      queues.events,
    ),
    deadLetterQueue({ name: queues.eventsDead, sentence: 'Events that are unreadable, invalid or poison.' }),
    workQueue(
      { name: queues.dispatch, sentence: 'One envelope per notification: the normal lane.' },
      queues.dispatchDead,
    ),
    workQueue(
      { name: queues.dispatchBulk, sentence: 'The bulk lane: a campaign never delays a confirmation.' },
      queues.dispatchDead,
    ),
    ...laneDelayQueues(queues.dispatch, parameters),
    ...laneDelayQueues(queues.dispatchBulk, parameters),
    deadLetterQueue({
      name: queues.dispatchDead,
      sentence: 'Attempts exhausted, or poison: its depth is work that waits for a person.',
    }),
    workQueue({ name: queues.receipts, sentence: 'Receipts that the webhook took.' }, queues.receiptsDead),
    delayQueue(
      { name: retryQueue(queues.receipts, receiptRetryDelayMs), sentence: 'A transient trouble of one receipt.' },
      receiptRetryDelayMs,
      queues.receipts,
    ),
    deadLetterQueue({ name: queues.receiptsDead, sentence: 'Receipts that are unreadable or poison.' }),
    workQueue(
      { name: queues.commands, sentence: 'Releases and replays, carried out by the worker: the api reads no queue.' },
      queues.dispatchDead,
    ),
  ];
}

function bindingEntries(eventTypes: readonly string[]): readonly BindingEntry[] {
  const unrouted: BindingEntry = {
    exchange: exchanges.unrouted,
    queue: queues.unrouted,
    routingKey: '',
    owner: 'platform',
    sentence: 'All of it.',
  };
  const events = eventTypes.map((routingKey): BindingEntry => ({
    exchange: exchanges.events,
    queue: queues.events,
    routingKey,
    owner: 'worker',
    sentence: 'An event type that has a rule.',
  }));
  const internal = [queues.dispatch, queues.dispatchBulk, queues.receipts, queues.commands].map(
    (queue): BindingEntry => ({
      exchange: exchanges.internal,
      queue,
      routingKey: queue,
      owner: 'worker',
      sentence: 'What the api hands to the worker.',
    }),
  );
  return [unrouted, ...events, ...internal];
}
