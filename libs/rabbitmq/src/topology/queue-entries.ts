import { queues, retryQueue, deferQueue } from './names.js';
import type { QueueEntry, QueueKind } from './topology-entry.js';

/** Every queue keeps what it has on a majority of nodes. */
const replicated = { 'x-queue-type': 'quorum' } as const;

/**
 * Deliveries that failed, after which the broker sets an envelope aside: enough for a worker that is killed again and again,
 * few enough for a poison envelope to end.
 */
const deliveryLimit = 20;

/** How a queue is told: its name and its sentence. */
type About = Pick<QueueEntry, 'name' | 'sentence'>;

/** A queue that workers consume; what the broker gives up on goes to `deadLetterQueue`. */
export function workQueue(about: About, deadLetterQueue: string): QueueEntry {
  return queue(about, 'work', { ...deadLetteredTo(deadLetterQueue), 'x-delivery-limit': deliveryLimit });
}

/** A queue that holds each envelope for `delayMs` and then hands it to `target`. */
export function delayQueue(about: About, delayMs: number, target: string): QueueEntry {
  return queue(about, 'delay', { 'x-message-ttl': delayMs, ...deadLetteredTo(target) });
}

/** A queue whose content waits for a person. */
export function deadLetterQueue(about: About): QueueEntry {
  return queue(about, 'dead-letter', {});
}

/** The delay queues of one dispatch lane. */
export function laneDelayQueues(
  lane: string,
  { retryDelaysMs, deferDelayMs }: { readonly retryDelaysMs: readonly number[]; readonly deferDelayMs: number },
): readonly QueueEntry[] {
  const retries = retryDelaysMs.map((delayMs) =>
    delayQueue(
      { name: retryQueue(lane, delayMs), sentence: 'Waits for the next attempt; one queue per delay.' },
      delayMs,
      lane,
    ),
  );
  const defer = delayQueue(
    {
      name: deferQueue(lane, deferDelayMs),
      sentence:
        'Waits without counting an attempt: another worker holds the lease, a rate is used up, sending is halted.',
    },
    deferDelayMs,
    lane,
  );
  return [...retries, defer];
}

/** The queue of what nobody is bound for. Its length is bounded by a policy, so that it never blocks publishers. */
export const unroutedQueue: QueueEntry = {
  ...queue(
    {
      name: queues.unrouted,
      sentence: 'Events that nobody listens to: seen here instead of lost. Not ours to consume.',
    },
    'catch-all',
    {},
  ),
  owner: 'platform',
};

function queue(about: About, kind: QueueKind, queueArguments: QueueEntry['arguments']): QueueEntry {
  return { ...about, kind, owner: 'worker', arguments: { ...replicated, ...queueArguments } };
}

/** Without reject-publish the broker silently falls back to at-most-once (broker.md). */
function deadLetteredTo(target: string): QueueEntry['arguments'] {
  return {
    'x-dead-letter-exchange': '',
    'x-dead-letter-routing-key': target,
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  };
}
