import { setTimeout as sleep } from 'node:timers/promises';
import { deferQueue, queues, retryQueue } from '@earlybird/rabbitmq';
import type { RunningSystem } from '@earlybird/testing';
import { openStatuses } from './open-statuses.js';
import { providerLoad } from './provider.js';

/** Nothing may move for this long: longer than the sweeper's round and the delay of a retry. */
const stillForMs = 2_000;
const lookEveryMs = 250;

/**
 * Waits until nothing moves any more: no envelope, no open notification, no request, no receipt, and every event of `eventIds`
 * on record, because what a worker has in hand is in no queue. Answers with what was still missing after `patienceMs`.
 */
export async function awaitStillness(
  system: RunningSystem,
  eventIds: readonly string[],
  patienceMs: number,
  onLook: (movement: string) => void,
): Promise<string | undefined> {
  const end = Date.now() + patienceMs;
  let stillSince = Date.now();
  let seen = '';
  while (Date.now() < end) {
    const movement = await movementOf(system, eventIds).catch((error: unknown) => `unknown: ${String(error)}`);
    if (movement !== seen || !movement.startsWith(nothing)) stillSince = Date.now();
    seen = movement;
    onLook(movement);
    if (Date.now() - stillSince >= stillForMs) return undefined;
    await sleep(lookEveryMs);
  }
  return seen;
}

const nothing = 'nothing moves';

async function movementOf(system: RunningSystem, eventIds: readonly string[]): Promise<string> {
  const [notifications, missing, load] = await Promise.all([
    system.record.collection('notifications_log').countDocuments({ status: { $in: openStatuses } }),
    missingEvents(system, eventIds),
    providerLoad(system),
  ]);
  const depths = await Promise.all(movingQueues(system).map((queue) => system.broker.depth(queue)));
  const envelopes = depths.reduce((sum, depth) => sum + depth, 0);
  const movement = [
    [missing, 'events not on record'],
    [notifications, 'notifications open'],
    [envelopes, 'envelopes on their way'],
    [load.open, 'requests unanswered'],
    [load.receipts, 'receipts to come'],
  ] as const;
  const moving = movement.filter(([count]) => count > 0).map(([count, what]) => `${what}: ${count}`);
  return moving.length === 0 ? `${nothing} (${load.arrived} requests so far)` : moving.join(', ');
}

async function missingEvents({ record }: RunningSystem, eventIds: readonly string[]): Promise<number> {
  const [notified, parked] = await Promise.all([record.notifications(), record.parkedEvents()]);
  const known = new Set([...notified.map(({ event }) => event?.id), ...parked.map(({ eventId }) => eventId)]);
  return eventIds.filter((id) => !known.has(id)).length;
}

/** Every queue but those where envelopes are set aside. */
function movingQueues({ pace }: RunningSystem): readonly string[] {
  const lanes = [queues.dispatch, queues.dispatchBulk];
  const delays = lanes.flatMap((lane) => [retryQueue(lane, pace.retryDelayMs), deferQueue(lane, pace.deferDelayMs)]);
  return [queues.events, ...lanes, ...delays, queues.receipts];
}
