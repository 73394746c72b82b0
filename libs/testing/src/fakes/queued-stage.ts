import {
  type DispatchEnvelope,
  type Notification,
  type Outcome,
  AppError,
  dispatchNotification,
  envelopeOf,
} from '@earlybird/core';
import { aNotification } from '../builders/a-notification.js';
import type { FakeClock } from './fake-clock.js';
import { Stage } from './stage.js';

/** A stage with one queued notification, and the words to speak of it. */
export interface QueuedStage {
  readonly stage: Stage;
  readonly notification: Notification;
  /** The notification as it is now. */
  readonly now: () => Notification;
  /** The envelope of its first attempt. */
  readonly envelope: (repeat?: boolean) => DispatchEnvelope;
  /** A worker of the stage that dispatches. */
  readonly dispatch: (envelope: DispatchEnvelope) => Promise<void>;
}

/** Sets a stage for dispatching; every attempt ends in `outcome`, or is accepted. */
export async function queuedStage(outcome?: Outcome, parts: Partial<Notification> = {}): Promise<QueuedStage> {
  const stage = new Stage();
  const notification = await stage.keep(aNotification(parts));
  if (outcome !== undefined) stage.sender.script = () => outcome;
  return {
    stage,
    notification,
    now: () => stage.now(notification.id),
    envelope: (repeat = false) => envelopeOf(notification, 1, repeat),
    dispatch: dispatchNotification(stage.worker()),
  };
}

/** A notification of a type whose doubtful attempts wait for a receipt or a person. */
export const heldParts = {
  messageType: 'payment_confirmation',
  context: { customer_name: 'John Doe', amount: 2500 },
} as const satisfies Partial<Notification>;

/** One outcome of a kind each, as the provider's sender would answer. */
export const outcomes = {
  deferred: { kind: 'deferred', reason: 'provider_error', errorCode: '131000', httpStatus: 500 },
  unknown: { kind: 'unknown', reason: 'timeout' },
  halted: { kind: 'halted', scope: 'road', reason: 'connection_refused' },
  refused: { kind: 'refused', reason: 'bad_number', errorCode: '131026', httpStatus: 400 },
} as const satisfies Record<string, Outcome>;

/** What every port throws while its server is away. */
export const databaseAway = new AppError('database_unavailable', 'the database of this test is away');
export const brokerAway = new AppError('broker_unavailable', 'the broker of this test is away');

/** Lets time go by while `work` waits for a server, and answers with what it came to. */
export async function outlasting<Result>(clock: FakeClock, work: Promise<Result>): Promise<Result> {
  let over = false;
  const done = work.finally(() => (over = true));
  done.catch(() => undefined);
  while (!over) await clock.advance(2_000);
  return done;
}
