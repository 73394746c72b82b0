import { type Attempt, eventKey, type MessageType, type Notification } from '@earlybird/core';
import { type Random } from '../../faults/random.js';
import { type RecordPlan, oldestOf } from './record-plan.js';

/** Notification number `index` of a record: ordinary traffic, spread evenly over the record's time, the oldest first. */
export function planNotification(plan: RecordPlan, index: number, random: Random): Notification {
  const spread = (plan.until.getTime() - oldestOf(plan).getTime()) / plan.notifications;
  const createdAt = new Date(Math.floor(oldestOf(plan).getTime() + spread * (index + random.next())));
  const messageType = random.weighted(types);
  const customer = random.between(0, plan.phones - 1);
  const eventId = eventIdOf(index);
  const id = `msg_${createdAt.getTime().toString(36).padStart(9, '0')}${index.toString(36).padStart(16, '0')}`;
  const customerId = `cust_${customer}`;
  return {
    id,
    idempotencyKey: eventKey({ source: '/services/orders', eventId, messageType, customerId }),
    event: { type: 'order.created', source: '/services/orders', id: eventId },
    correlationId: `corr-${index}`,
    channel: 'whatsapp',
    recipient: { phone: phoneOf(customer), userId: customerId, name: `Customer ${customer}` },
    messageType,
    category: 'utility',
    lane: 'normal',
    language: 'en',
    context: {
      customer_name: `Customer ${customer}`,
      order_id: referenceOf(index),
      total_amount: random.between(100, 5_000),
      currency: 'INR',
      delivery_date: createdAt.toISOString().slice(0, 10),
    },
    templateVersion: 1,
    text: `Hi Customer ${customer}, your order ${referenceOf(index)} is confirmed and arrives tomorrow. Thank you for choosing EarlyBird.`,
    immediate: true,
    referenceId: referenceOf(index),
    validUntil: after(createdAt, 86_400_000),
    sweeps: 0,
    adminActions: [],
    createdAt,
    ...fateOf(plan, index, createdAt, random),
  };
}

/** The phone of a customer, `customer` from 0 on. */
export function phoneOf(customer: number): string {
  return `+91${9_000_000_000 + customer}`;
}

/** The id of the event behind notification number `index`. */
export function eventIdOf(index: number): string {
  return `evt-${index.toString(36).padStart(8, '0')}`;
}

/** What the sender called notification number `index`. */
export function referenceOf(index: number): string {
  return `order_${index}`;
}

const types = {
  order_confirmation: 40,
  delivery_confirmed: 30,
  payment_confirmation: 15,
  subscription_confirmation: 10,
  pause_confirmation: 5,
} as const satisfies Partial<Record<MessageType, number>>;

/** Where those stand that did not fail. */
const ends = { read: 60, delivered: 28, sent: 10, suppressed: 2 } as const;

/** Why notifications fail: five causes. */
const causes = [
  { statusReason: 'number_unreachable', outcome: 'refused', errorCode: '131026', attempts: 1 },
  { statusReason: 'parameters_refused', outcome: 'refused', errorCode: '131008', attempts: 1 },
  {
    statusReason: 'attempts_exhausted',
    reason: 'provider_error',
    outcome: 'deferred',
    errorCode: '131000',
    attempts: 3,
  },
  {
    statusReason: 'attempts_exhausted',
    reason: 'provider_busy',
    outcome: 'deferred',
    errorCode: '131016',
    attempts: 3,
  },
  { statusReason: 'template_missing', attempts: 0 },
] as const;

type Fate = Pick<
  Notification,
  | 'status'
  | 'statusReason'
  | 'lastAttemptNumber'
  | 'attempts'
  | 'receipts'
  | 'providerMessageId'
  | 'updatedAt'
  | 'statusTimes'
>;

function fateOf(plan: RecordPlan, index: number, createdAt: Date, random: Random): Fate {
  if (random.next() < plan.failedShare) return failure(createdAt, random);
  const status = random.weighted(ends);
  if (status === 'suppressed') return { ...ending(createdAt, status), ...untried, statusReason: 'opted_out' };
  const providerMessageId = `wamid.${index.toString(36).padStart(10, '0')}`;
  const climbed = ['sent', 'delivered', 'read'] as const;
  const receipts = climbed.slice(0, climbed.indexOf(status) + 1).map((one, step) => ({
    status: one,
    at: after(createdAt, 1_000 * (step + 1)),
    receivedAt: after(createdAt, 1_000 * (step + 1) + 40),
  }));
  return {
    ...ending(createdAt, status),
    lastAttemptNumber: 1,
    attempts: [attempt(createdAt, 1, { outcome: 'accepted', httpStatus: 200, providerMessageId })],
    receipts,
    providerMessageId,
  };
}

function failure(createdAt: Date, random: Random): Fate {
  const { statusReason, attempts, ...result } = random.pick(causes);
  return {
    ...ending(createdAt, 'failed'),
    statusReason,
    lastAttemptNumber: attempts,
    attempts: Array.from({ length: attempts }, (_, tried) =>
      attempt(after(createdAt, tried * 300_000), tried + 1, { reason: statusReason, httpStatus: 400, ...result }),
    ),
    receipts: [],
  };
}

const untried = { lastAttemptNumber: 0, attempts: [], receipts: [] } as const;

function ending(createdAt: Date, status: Notification['status']): Pick<Fate, 'status' | 'updatedAt' | 'statusTimes'> {
  const updatedAt = after(createdAt, 4_000);
  return { status, updatedAt, statusTimes: { queued: createdAt, [status]: updatedAt } };
}

function attempt(startedAt: Date, number: number, result: Partial<Attempt>): Attempt {
  return {
    number,
    startedAt,
    leaseUntil: after(startedAt, 17_000),
    worker: 'worker@bench/1 0a1b2c3d',
    onUnknown: 'resend',
    finishedAt: after(startedAt, 200),
    counted: true,
    durationMs: 200,
    ...result,
  };
}

function after(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}
