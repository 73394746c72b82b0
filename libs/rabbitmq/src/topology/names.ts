import type { Lane } from '@earlybird/core';
import { durationName } from './duration-name.js';

/** Every exchange (broker.md, topology). */
export const exchanges = {
  /** The default exchange: the routing key is the name of a queue. */
  byQueueName: '',
  events: 'domain.events',
  unrouted: 'domain.events.unrouted',
  internal: 'notifications.internal',
  outcomes: 'notifications.outcomes',
} as const;

/** Every queue but the delay queues, whose names carry their delay (broker.md, topology). */
export const queues = {
  unrouted: 'domain.events.unrouted',
  events: 'notifications.events',
  eventsDead: 'notifications.events.dlq',
  dispatch: 'notifications.dispatch',
  dispatchBulk: 'notifications.dispatch.bulk',
  dispatchDead: 'notifications.dispatch.dlq',
  receipts: 'notifications.receipts',
  receiptsDead: 'notifications.receipts.dlq',
  commands: 'notifications.commands',
} as const;

const laneQueues = { normal: queues.dispatch, bulk: queues.dispatchBulk } as const satisfies Record<Lane, string>;

/** The dispatch queue of a lane. */
export const laneQueue = (lane: Lane): string => laneQueues[lane];

/** The lane of a dispatch queue; undefined for any other queue. */
export const laneOfQueue = (queue: string): Lane | undefined =>
  queue === laneQueues.normal ? 'normal' : queue === laneQueues.bulk ? 'bulk' : undefined;

/** `notifications.dispatch.retry.5m`: waits `delayMs`, then is dead-lettered to `queue`. */
export const retryQueue = (queue: string, delayMs: number): string => `${queue}.retry.${durationName(delayMs)}`;

/** `notifications.dispatch.defer.30s`: the same for a wait that counts no attempt. */
export const deferQueue = (queue: string, delayMs: number): string => `${queue}.defer.${durationName(delayMs)}`;
