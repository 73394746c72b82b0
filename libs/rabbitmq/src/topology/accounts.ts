import { eventPublishers } from '@earlybird/events';
import { exchanges, queues } from './names.js';
import type { Topology } from './topology-entry.js';

/** A RabbitMQ user and what it may do (broker.md, accounts). Each permission is a regular expression over names. */
export interface Account {
  readonly name: string;
  readonly tags: readonly string[];
  readonly configure: string;
  readonly write: string;
  readonly read: string;
  /** Over routing keys of `domain.events`; absent where the account has no business there. */
  readonly topics?: { readonly write: string; readonly read: string };
  readonly sentence: string;
}

const nothing = '^$';

/** Every account, least rights each. What the worker may bind follows from the table. */
export function accountsOf(topology: Topology): readonly Account[] {
  return [
    ...eventPublishers.map(({ user, service, prefixes }): Account => ({
      name: user,
      tags: [],
      configure: nothing,
      write: exactly([exchanges.events]),
      read: nothing,
      topics: { write: `^${oneOf(prefixes)}\\.`, read: nothing },
      sentence: `The ${service} service: publishes its own event types, nothing else.`,
    })),
    {
      name: 'svc-notifications-worker',
      tags: [],
      configure: '^notifications\\.',
      write: '^(notifications\\..*|amq\\.default)$',
      // The unrouted queue for its depth alone: nobody may ask for that without the right to read (RabbitMQ 4).
      read: '^(notifications\\..*|domain\\.events(\\.unrouted)?)$',
      topics: { write: nothing, read: exactly(boundEventTypes(topology)) },
      sentence: 'The worker: declares, consumes and moves what is its own, and binds the event types that have a rule.',
    },
    {
      name: 'svc-notifications-api',
      tags: [],
      configure: nothing,
      write: exactly([exchanges.internal]),
      read: nothing,
      sentence: 'The api: hands work to the worker and reads no queue.',
    },
    {
      name: 'operators',
      tags: ['monitoring'],
      configure: nothing,
      write: nothing,
      read: '\\.dlq$',
      sentence: 'People: see everything in the management UI, look into the dead-letter queues.',
    },
  ];
}

function boundEventTypes(topology: Topology): readonly string[] {
  return topology.bindings.filter(({ queue }) => queue === queues.events).map(({ routingKey }) => routingKey);
}

const exactly = (names: readonly string[]): string => `^${oneOf(names.map((name) => name.replaceAll('.', '\\.')))}$`;

const oneOf = (words: readonly string[]): string =>
  words.length === 1 && words[0] !== undefined ? words[0] : `(${words.join('|')})`;
