import { queues } from './names.js';
import type { PolicyEntry } from './topology-entry.js';

/** Events that nobody listens to are kept as a sign, not as an archive. */
const mostUnrouted = 100_000;

/**
 * How long an envelope may be in hand before the broker takes it for lost: RabbitMQ's own default, written down because we
 * hold envelopes for up to 20 min while the database is away.
 */
const consumerTimeoutMs = 30 * 60_000;

/** Looking into a dead-letter queue and putting back must never delete what is in it. */
const noDeliveryLimit = { 'delivery-limit': -1 } as const;

/** One policy applies to a queue at a time: the patterns exclude each other. */
export const policies: readonly PolicyEntry[] = [
  {
    name: 'unrouted-events',
    pattern: `^${escapeRegExp(queues.unrouted)}$`,
    definition: { 'max-length': mostUnrouted, overflow: 'drop-head' },
    definitionFrom4: noDeliveryLimit,
    sentence: 'Keeps the newest unrouted events and never blocks a publisher.',
  },
  {
    name: 'notifications-dead-letters',
    pattern: '^notifications\\..*\\.dlq$',
    definition: {},
    definitionFrom4: noDeliveryLimit,
    sentence: 'Nothing is deleted because it was looked at and put back.',
  },
  {
    name: 'notifications-work',
    pattern: '^notifications\\.(events|dispatch|dispatch\\.bulk|receipts|commands)$',
    definition: {},
    definitionFrom4: { 'consumer-timeout': consumerTimeoutMs },
    sentence: 'How long a worker may hold an envelope.',
  },
];

function escapeRegExp(text: string): string {
  return text.replaceAll('.', '\\.');
}
