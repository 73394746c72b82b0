import type { Outcome } from '../attempt/outcome.js';
import type { GatePass } from '../attempt/provider-gate.js';
import type { SendPermit } from '../attempt/send-permit.js';
import { type Notification, phoneOf } from '../notification/notification.js';
import { envelopeOf } from './conclude.js';
import type { FlowParts } from './flow-parts.js';
import { trailOf } from '../notification/trail-of.js';

/** How the message may leave: past the gate, and when it is its turn. */
export interface Leave {
  readonly pass: Exclude<GatePass, { readonly kind: 'halted' }>;
  readonly permit: Extract<SendPermit, { readonly kind: 'granted' }>;
}

/**
 * The last question before an attempt: does the provider take messages (gate), and is it this one's turn (permit)? Undefined
 * when not now: then the envelope is in the defer queue, and no attempt was made.
 */
export async function askLeave(
  parts: FlowParts,
  notification: Notification,
  number: number,
): Promise<Leave | undefined> {
  const pass = await parts.gate.enter();
  if (pass.kind === 'halted') return postpone(parts, notification, number, 'provider_halted');
  const permit = await parts.permits.acquire(phoneOf(notification), notification.lane);
  if (permit.kind === 'wait') {
    await parts.gate.leave(pass);
    return postpone(parts, notification, number, permit.reason);
  }
  // The permit may have taken its time, and meanwhile the provider may have been lost.
  if (pass.kind === 'trial' || !(await isLost(parts, permit))) return { pass, permit };
  return postpone(parts, notification, number, 'provider_halted');
}

/** Tells gate and rate what the message came to. */
export async function tellProvider(
  { gate, permits }: Pick<FlowParts, 'gate' | 'permits'>,
  notification: Notification,
  pass: Leave['pass'],
  outcome: Outcome,
): Promise<void> {
  await gate.tell(pass, phoneOf(notification), outcome);
  await permits.heed(outcome);
}

async function isLost({ gate }: FlowParts, permit: Leave['permit']): Promise<boolean> {
  let lost = true;
  try {
    lost = await gate.isHalted();
    return lost;
  } finally {
    if (lost) permit.end();
  }
}

async function postpone(
  parts: FlowParts,
  notification: Notification,
  number: number,
  reason: string,
): Promise<undefined> {
  await keepFromSweeper(parts, notification, reason);
  parts.reporter.report({ kind: 'dispatch_postponed', ...trailOf(notification), attempt: number, reason });
  await parts.queue.defer(envelopeOf(notification, number), { reason });
}

/**
 * The sweeper must not take for lost what only waits. Its moment is moved on when it would come before the envelope is back
 * and has had its turn; so a wait of hours costs one write in half an hour, not one a round.
 */
async function keepFromSweeper(parts: FlowParts, notification: Notification, reason: string): Promise<void> {
  const { id, status, wakeAt } = notification;
  const at = parts.clock.now();
  const { deferDelayMs, graces } = parts.policy;
  if (wakeAt === undefined || wakeAt.getTime() - at.getTime() > roundsAhead * deferDelayMs) return;
  await parts.notifications.changeStatus({
    id,
    from: [status],
    to: status,
    reason,
    at,
    wakeAt: new Date(at.getTime() + graces.queuedMs),
  });
}

/** The round that begins now, and one in reserve for the time between the queue and the next question. */
const roundsAhead = 2;
