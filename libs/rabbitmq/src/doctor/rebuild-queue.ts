import { AppError } from '@earlybird/core';
import { holdsNothing, lookAtQueue } from '../connection/look-at-queue.js';
import type { QueueEntry, Topology } from '../topology/topology-entry.js';
import { asideSuffix } from './judge-queues.js';
import { type MoveParts, moveEnvelopes } from './move-envelopes.js';
import { type Workbench, withWorkbench } from './workbench.js';

/** What came of a rebuild. */
export type Rebuilt =
  | { readonly kind: 'rebuilt'; readonly kept: number }
  /** Not in the table. */
  | { readonly kind: 'unknown_queue' }
  /** Workers run: what they publish between the last look and the deletion would be lost. */
  | { readonly kind: 'consumed'; readonly queues: readonly string[] };

/**
 * Gives a queue the arguments of the table, which RabbitMQ cannot change on one that exists: everything in it is set aside in
 * a second queue, which takes its bindings meanwhile; then it is deleted, declared anew, and filled again. Broken off at any
 * point, it can be repeated: nothing is in neither queue. Needs an account that may do everything, and workers that stand still.
 *
 * @throws AppError `broker_unavailable`.
 */
export async function rebuildQueue(bench: Workbench, topology: Topology, name: string): Promise<Rebuilt> {
  const entry = topology.queues.find((queue) => queue.name === name);
  if (entry === undefined) return { kind: 'unknown_queue' };
  return withWorkbench(bench, async (parts, look) => {
    const seen = await Promise.all(topology.queues.map((queue) => look(queue.name)));
    const consumed = topology.queues.filter((_, index) => (seen[index]?.consumers ?? 0) > 0).map((queue) => queue.name);
    if (consumed.length > 0) return { kind: 'consumed', queues: consumed };
    return { kind: 'rebuilt', kept: await rebuild(parts, topology, entry, (await look(name)) !== undefined) };
  });
}

async function rebuild(parts: MoveParts, topology: Topology, entry: QueueEntry, exists: boolean): Promise<number> {
  const { channel } = parts;
  const { name } = entry;
  const aside = `${name}${asideSuffix}`;
  const ways = topology.bindings.filter(({ queue }) => queue === name);
  await channel.assertQueue(aside, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  for (const { exchange, routingKey } of ways) await channel.bindQueue(aside, exchange, routingKey);
  if (exists) {
    for (const { exchange, routingKey } of ways) await channel.unbindQueue(name, exchange, routingKey);
    await empty(parts, name, aside);
    await demandUnused(parts, name);
    await channel.deleteQueue(name);
  }
  await channel.assertQueue(name, { durable: true, arguments: entry.arguments });
  for (const { exchange, routingKey } of ways) await channel.bindQueue(name, exchange, routingKey);
  for (const { exchange, routingKey } of ways) await channel.unbindQueue(aside, exchange, routingKey);
  const kept = await empty(parts, aside, name);
  await channel.deleteQueue(aside);
  return kept;
}

/** Once more, now that the leader has answered: one that is busy has no consumers, as the broker tells it. */
async function demandUnused({ channel }: MoveParts, name: string): Promise<void> {
  const { consumers } = await lookAtQueue(channel, name);
  if (consumers === 0) return;
  throw new AppError('broker_unavailable', `${name} is consumed; nothing was deleted. Stop the workers, and repeat.`);
}

/** A delay queue may let something go meanwhile, and an exchange may bring something: it is over when a move finds nothing, and the leader of the queue says so too. */
async function empty(parts: MoveParts, from: string, to: string): Promise<number> {
  let all = 0;
  for (let moved = 1; moved > 0; all += moved) ({ moved } = await moveEnvelopes(parts, from, () => to));
  if (await holdsNothing(parts.channel, from)) return all;
  throw new AppError(
    'broker_unavailable',
    `${from} cannot be emptied now; nothing was deleted. Repeat it in a moment.`,
  );
}
