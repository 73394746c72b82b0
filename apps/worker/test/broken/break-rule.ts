import { ConfirmPublisher, type Publication } from '@earlybird/events';
import { MongoNotificationStore } from '@earlybird/mongodb';
import type { Notification } from '@earlybird/core';
import { randomUUID } from 'node:crypto';
import { DispatchConsumer } from '../../src/dispatch.consumer.js';
import { EventConsumer } from '../../src/event.consumer.js';

/** What a worker can be made to do wrong, each by breaking one rule of architecture.md. */
const breaks: Readonly<Record<string, () => void>> = {
  'ack-before-store': ackBeforeStore,
  'no-idempotency-key': forgetIdempotencyKey,
  'no-confirm': publishWithoutConfirm,
};

/**
 * Breaks one rule in this process, before the worker starts. Only for fault runs that must fail: it shows that their accounting
 * can. Throws when there is no such rule.
 */
export function breakRule(rule: string): void {
  const broken = breaks[rule];
  if (broken === undefined) throw new Error(`there is no rule ${rule}; there are ${Object.keys(breaks).join(', ')}`);
  broken();
}

/** Handlers return at once, so that the envelope is acked before anything is stored: a kill loses it. */
function ackBeforeStore(): void {
  returnAtOnce(EventConsumer.prototype, 'consume');
  returnAtOnce(DispatchConsumer.prototype, 'consume');
  returnAtOnce(DispatchConsumer.prototype, 'consumeBulk');
}

/** Long enough for the ack to leave; a slow disk or a slow network would do the same. */
const lateByMs = 300;

function returnAtOnce<Name extends string>(consumer: Consumer<Name>, name: Name): void {
  standIn(consumer, name, function (original, envelope) {
    setTimeout(() => void original(envelope).catch(() => undefined), lateByMs);
    return Promise.resolve();
  });
}

type Handler = (envelope: never) => Promise<void>;
type Consumer<Name extends string> = { [Key in Name]: Handler };

/** Puts another handler in the place of one, which it may call. */
function standIn<Name extends string>(
  consumer: Consumer<Name>,
  name: Name,
  handle: (original: Handler, envelope: never) => Promise<void>,
): void {
  const original = consumer[name];
  const other = function (this: unknown, envelope: never): Promise<void> {
    return handle(original.bind(this), envelope);
  };
  // Nest finds handlers, and what belongs to them, by metadata on the function.
  for (const key of Reflect.getMetadataKeys(original))
    Reflect.defineMetadata(key, Reflect.getMetadata(key, original), other);
  consumer[name] = other;
}

/** Every envelope makes a notification of its own: a copy of an event tells the customer again. */
function forgetIdempotencyKey(): void {
  const { prototype } = MongoNotificationStore;
  const original = Object.getOwnPropertyDescriptor(prototype, 'create') as { value: typeof prototype.create };
  prototype.create = function (notification: Notification) {
    return original.value.call(this, { ...notification, idempotencyKey: randomUUID() });
  };
}

/** Publishing counts as done when it was asked for: what the broker does not take when its turn comes is lost. */
function publishWithoutConfirm(): void {
  const { prototype } = ConfirmPublisher;
  const original = Object.getOwnPropertyDescriptor(prototype, 'publish') as { value: typeof prototype.publish };
  prototype.publish = function (publication: Publication): Promise<void> {
    setTimeout(() => void original.value.call(this, publication).catch(() => undefined), lateByMs);
    return Promise.resolve();
  };
}
