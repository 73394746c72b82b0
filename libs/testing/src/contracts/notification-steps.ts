import {
  type AttemptFinish,
  type AttemptStart,
  type DeliveryStatus,
  type Notification,
  type NotificationStore,
  deliveryStatuses,
} from '@earlybird/core';
import { aNotification } from '../builders/a-notification.js';
import { after } from '../builders/instant.js';

/** The start of attempt `number` as core would ask for it: ten seconds after `testStart` for each attempt before. */
export function aStart(id: string, number = 1, parts: Partial<AttemptStart> = {}): AttemptStart {
  const startedAt = after(number * 10_000);
  return {
    id,
    number,
    startedAt,
    leaseUntil: after(25_000, startedAt),
    worker: 'worker-1',
    onUnknown: 'resend',
    text: 'Your order order_123 is confirmed.',
    templateVersion: 3,
    wakeAt: after(600_000, startedAt),
    ...parts,
  };
}

type Finish = Omit<AttemptFinish, 'result'> & { readonly result: Partial<AttemptFinish['result']> };

/** The finish of attempt `number`, half a second after its start: deferred, to be tried again, unless `parts` say otherwise. */
export function aFinish(id: string, number = 1, { result, ...parts }: Partial<Finish> = {}): AttemptFinish {
  const finishedAt = after(number * 10_000 + 500);
  return {
    id,
    number,
    status: 'retrying',
    result: { finishedAt, outcome: 'deferred', counted: true, durationMs: 500, ...result },
    ...parts,
  };
}

/** An acceptance under `providerMessageId`. */
export function anAcceptance(id: string, number: number, providerMessageId: string): AttemptFinish {
  return aFinish(id, number, { status: 'sent', result: { outcome: 'accepted', providerMessageId } });
}

/** Creates a notification and answers with it as it went in. */
export async function created(store: NotificationStore, parts: Partial<Notification> = {}): Promise<Notification> {
  const notification = aNotification(parts);
  await store.create(notification);
  return notification;
}

/** Creates a notification whose first attempt is open, and answers with its id. */
export async function started(store: NotificationStore, parts: Partial<AttemptStart> = {}): Promise<string> {
  const { id } = await created(store);
  await store.startAttempt(aStart(id, 1, parts));
  return id;
}

/** Creates a notification whose first attempt ended as unknown and which then came to `status`, and answers with its id. */
export async function doubtful(store: NotificationStore, status: DeliveryStatus): Promise<string> {
  const id = await started(store);
  const result = { outcome: 'unknown', reason: 'timeout' } as const;
  await store.finishAttempt(aFinish(id, 1, { status: 'unknown', statusReason: 'timeout', result }));
  await put(store, id, status, after(900_000));
  return id;
}

/** Creates a notification with one closed attempt, accepted under `providerMessageId`. */
export async function sent(
  store: NotificationStore,
  providerMessageId: string,
  parts: Partial<Notification> = {},
): Promise<Notification> {
  const notification = aNotification(parts);
  await store.create(notification);
  await store.startAttempt(aStart(notification.id));
  await store.finishAttempt(anAcceptance(notification.id, 1, providerMessageId));
  return found(store, notification.id);
}

/** Moves a notification into `status`, whatever it is now; it wakes at `wakeAt` there. */
export async function put(store: NotificationStore, id: string, status: DeliveryStatus, wakeAt?: Date): Promise<void> {
  const waking = wakeAt === undefined ? {} : { wakeAt };
  await store.changeStatus({ id, from: deliveryStatuses, to: status, at: after(20_000), ...waking });
}

/** What the store holds under `id`; fails when it holds nothing. */
export async function found(store: NotificationStore, id: string): Promise<Notification> {
  const notification = await store.find(id);
  if (notification === undefined) throw new Error(`nothing is stored as ${id}`);
  return notification;
}

/** How many of the answers are not a "no". */
export function winners(answers: readonly unknown[]): number {
  return answers.filter((answer) => answer !== undefined && answer !== false).length;
}
