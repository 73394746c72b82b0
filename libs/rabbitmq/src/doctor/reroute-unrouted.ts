import { queues } from '../topology/names.js';
import type { Topology } from '../topology/topology-entry.js';
import { moveEnvelopes } from './move-envelopes.js';
import { type Workbench, withWorkbench } from './workbench.js';

/** What became of the events that nobody had listened to. */
export interface Rerouted {
  /** How many are in the events' queue now. */
  readonly moved: number;
  /** How many stayed, by the routing key that still nobody has a rule for. */
  readonly left: Readonly<Record<string, number>>;
}

/**
 * Hands those of the unrouted events that have a rule (now) to the events' queue, as their publishers sent them; the others
 * stay. An event that was handled before is a duplicate and sends nothing.
 *
 * @throws AppError `broker_unavailable`.
 */
export function rerouteUnrouted(bench: Workbench, topology: Topology): Promise<Rerouted> {
  const ruled = new Set(
    topology.bindings.filter(({ queue }) => queue === queues.events).map(({ routingKey }) => routingKey),
  );
  return withWorkbench(bench, async (parts, look) => {
    if ((await look(queues.unrouted)) === undefined) return { moved: 0, left: {} };
    const { moved, left } = await moveEnvelopes(parts, queues.unrouted, ({ routingKey }) =>
      ruled.has(routingKey) ? queues.events : undefined,
    );
    const byKey: Record<string, number> = {};
    for (const { routingKey } of left) byKey[routingKey] = (byKey[routingKey] ?? 0) + 1;
    return { moved, left: byKey };
  });
}
