import type { QueueEntry, Topology } from '../topology/topology-entry.js';
import type { BrokerPicture, SeenQueue } from './broker-picture.js';
import { type Finding, remedies } from './finding.js';
import { type Difference, differences } from '../topology/same-table.js';

/** The queues themselves: missing ones, those that others dead-letter to, other arguments, and strangers among ours. */
export function judgeQueues(topology: Topology, { queues }: BrokerPicture): readonly Finding[] {
  return [
    ...topology.queues.flatMap((wanted) => {
      const is = queues.find(({ name }) => name === wanted.name);
      return is === undefined ? [missing(wanted, topology)] : otherArguments(wanted, is);
    }),
    ...queues
      .filter(({ name }) => name.startsWith(ownPrefix) && !topology.queues.some((wanted) => wanted.name === name))
      .map(stranger),
  ];
}

const ownPrefix = 'notifications.';

function missing({ name }: QueueEntry, topology: Topology): Finding {
  const feeders = topology.queues
    .filter((queue) => queue.arguments['x-dead-letter-routing-key'] === name)
    .map((queue) => queue.name);
  const target =
    feeders.length === 0
      ? ''
      : ` It is the dead-letter target of ${feeders.join(', ')}: what they let go waits in them until it is back, at most 3 minutes longer.`;
  return {
    severity: 'wrong',
    subject: name,
    sentence: `Queue ${name} is missing.${target}`,
    remedy: remedies.apply,
  };
}

function otherArguments({ name, arguments: should }: QueueEntry, is: SeenQueue): readonly Finding[] {
  const other = differences(is.arguments, should);
  if (other.length === 0) return [];
  return [
    {
      severity: 'wrong',
      subject: name,
      sentence: `Queue ${name} exists with other arguments: ${other.map(textOf).join(', ')}. A worker of this version does not start on it.`,
      remedy: `Stop the workers, then ${remedies.rebuild(name)} (what lies in it is kept), then start them`,
    },
  ];
}

const textOf = ({ key, is, should }: Difference): string => `${key} is ${shown(is)} and should be ${shown(should)}`;

const shown = (value: unknown): string => (value === undefined ? 'absent' : JSON.stringify(value));

/** A delay that was changed leaves its old queue behind; a rebuild that was broken off, its second one. */
function stranger({ name, ready }: SeenQueue): Finding {
  const rebuilt = name.endsWith(asideSuffix) ? name.slice(0, -asideSuffix.length) : undefined;
  return {
    severity: rebuilt === undefined ? 'notice' : 'wrong',
    subject: name,
    sentence:
      rebuilt === undefined
        ? `Queue ${name} is not in the table (of an older delay, perhaps) and holds ${ready} envelopes.`
        : `Queue ${name} holds what was taken out of ${rebuilt} by a rebuild that did not end.`,
    remedy:
      rebuilt === undefined
        ? 'A delay queue runs empty by itself; delete it in the management UI when it has'
        : remedies.rebuild(rebuilt),
  };
}

/** What is behind the name of a queue's second one while it is rebuilt. */
export const asideSuffix = '.aside';
