import { definitionsOf } from '../topology/definitions.js';
import type { BindingEntry, Topology } from '../topology/topology-entry.js';
import type { BrokerPicture } from './broker-picture.js';
import { type Finding, remedies } from './finding.js';
import { judgeQueues } from './judge-queues.js';
import { sameTable } from '../topology/same-table.js';

/** Compares what should be with what is: exchanges, queues and their arguments, dead-letter targets, bindings, policies. */
export function judgeTopology(topology: Topology, seen: BrokerPicture): readonly Finding[] {
  return [
    ...judgeExchanges(topology, seen),
    ...judgeQueues(topology, seen),
    ...judgeBindings(topology, seen),
    ...judgePolicies(topology, seen),
  ];
}

function judgeExchanges(topology: Topology, { exchanges }: BrokerPicture): readonly Finding[] {
  return topology.exchanges.flatMap(({ name, type, alternateExchange }) => {
    const is = exchanges.find((exchange) => exchange.name === name);
    if (is === undefined)
      return [wrong(name, `Exchange ${name} is missing: whoever publishes to it is refused.`, remedies.apply)];
    const alternate = is.arguments['alternate-exchange'];
    if (is.type === type && alternate === alternateExchange) return [];
    return [
      wrong(
        name,
        `Exchange ${name} is a ${is.type} exchange with ${alternateOf(alternate)} and should be a ${type} exchange with ${alternateOf(alternateExchange)}.`,
        `Stop what publishes to it, delete it in the management UI, then ${remedies.apply}`,
      ),
    ];
  });
}

const alternateOf = (alternate: unknown): string =>
  typeof alternate === 'string' ? `the alternate exchange ${alternate}` : 'no alternate exchange';

function judgeBindings(topology: Topology, { bindings }: BrokerPicture): readonly Finding[] {
  const missing = topology.bindings.filter((wanted) => !bindings.some((is) => sameBinding(wanted, is)));
  const fed = new Set(topology.bindings.map(({ exchange, queue }) => `${exchange} ${queue}`));
  const tooMany = bindings.filter(
    (is) => fed.has(`${is.exchange} ${is.queue}`) && !topology.bindings.some((wanted) => sameBinding(wanted, is)),
  );
  return [
    ...missing.map(({ exchange, queue, routingKey }) =>
      wrong(
        queue,
        `Queue ${queue} is not bound to ${exchange}${byKey(routingKey)}: what is published so does not arrive in it.`,
        remedies.apply,
      ),
    ),
    ...tooMany.map(({ exchange, queue, routingKey }) =>
      wrong(
        queue,
        `Queue ${queue} is bound to ${exchange}${byKey(routingKey)}, which nothing here has a rule for: it would be parked.`,
        remedies.apply,
      ),
    ),
  ];
}

const byKey = (routingKey: string): string => (routingKey === '' ? '' : ` by ${routingKey}`);

type Way = Pick<BindingEntry, 'exchange' | 'queue' | 'routingKey'>;
const sameBinding = (a: Way, b: Way): boolean =>
  a.exchange === b.exchange && a.queue === b.queue && a.routingKey === b.routingKey;

function judgePolicies(topology: Topology, seen: BrokerPicture): readonly Finding[] {
  const wanted = definitionsOf(topology, { passwords: {}, majorVersion: seen.majorVersion }).policies;
  const ours = wanted.map(({ name }) => name);
  const faults = wanted.flatMap(({ name, pattern, definition }) => {
    const is = seen.policies.find((policy) => policy.name === name);
    const means = topology.policies.find((policy) => policy.name === name)?.sentence ?? '';
    if (is === undefined) return [wrong(name, `Policy ${name} is missing. It does this: ${means}`, remedies.apply)];
    if (is.pattern === pattern && sameTable(is.definition, definition)) return [];
    return [
      wrong(
        name,
        `Policy ${name} is ${JSON.stringify(is.definition)} for ${is.pattern} and should be ${JSON.stringify(definition)} for ${pattern}.`,
        remedies.apply,
      ),
    ];
  });
  // A queue obeys one policy: somebody else's puts ours out of force.
  const foreign = seen.queues.filter(
    ({ name, policy }) =>
      policy !== undefined && !ours.includes(policy) && topology.queues.some((queue) => queue.name === name),
  );
  return [
    ...faults,
    ...foreign.map(({ name, policy = '' }) =>
      wrong(
        name,
        `Queue ${name} obeys the policy ${policy}, which is not of this service: it may drop what lies there.`,
        `Delete the policy ${policy}, or narrow its pattern, in the management UI (Admin, Policies)`,
      ),
    ),
  ];
}

const wrong = (subject: string, sentence: string, remedy: string): Finding => ({
  severity: 'wrong',
  subject,
  sentence,
  remedy,
});
