import { AppError } from '../kernel/app-error.js';
import { causeOf } from '../notification/failure.js';
import type { NotificationDesk } from '../notification/notification-desk.js';
import type { Notification } from '../notification/notification.js';
import { failedReceipt } from '../receipt/apply-receipt.js';
import type { Replay, ReplayFate, ReplayFilter } from '../replay/replay.js';
import { type CreateParts, createResend } from './create-resend.js';
import { judgeForReplay } from './judge-for-replay.js';
import type { PlanParts } from './plan-resend.js';

/** What resending stands on: the same as for a single resend. */
export type ReplayResendParts = PlanParts & CreateParts & { readonly desk: Pick<NotificationDesk, 'claimResend'> };

/** A receipt, a person or another replay may come between; nobody is that unlucky more often than this. */
const mostRounds = 5;

/**
 * Resends one notification for a replay, or says why not; undefined when it has another cause than is asked for, or is gone.
 * It goes by the same claim and the same key as a single resend, so that any number of both make one successor between
 * them. Safe to repeat after a crash. Throws AppError `database_unavailable`.
 */
export function resendForReplay(
  parts: ReplayResendParts,
): (id: string, replay: Pick<Replay, 'id' | 'filter' | 'requestedBy'>) => Promise<ReplayFate | undefined> {
  return async (id, replay) => {
    for (let round = 0; round < mostRounds; round += 1) {
      const old = await parts.notifications.find(id);
      if (old === undefined || !hasCause(old, replay.filter)) return undefined;
      const fate = await tryResend(parts, old, replay);
      if (fate !== undefined) return fate;
    }
    throw new AppError('invariant_broken', `${id} changed ${mostRounds} times while it was to be resent`);
  };
}

/** Whether it has, or had, the cause that is asked for. */
export function hasCause(old: Notification, { cause, status }: Pick<ReplayFilter, 'cause' | 'status'>): boolean {
  if (cause === undefined) return true;
  if (old.status === status) return causeOf(old) === cause;
  // What it had failed of before it moved on: its reason is gone, the attempts and receipts tell.
  const { statusReason: _gone, ...rest } = old;
  const wasReported = old.receipts.some((receipt) => receipt.status === 'failed');
  return causeOf(wasReported ? { ...rest, statusReason: failedReceipt } : rest) === cause;
}

/** Undefined when the notification has changed meanwhile. */
async function tryResend(
  parts: ReplayResendParts,
  old: Notification,
  { id: replay, filter, requestedBy: by }: Pick<Replay, 'id' | 'filter' | 'requestedBy'>,
): Promise<ReplayFate | undefined> {
  const at = parts.clock.now();
  const judgement = await judgeForReplay(parts, { id: replay, status: filter.status }, old, at);
  const { fate, successor, isClaimed } = judgement;
  if (successor === undefined) return fate;
  const isOurs =
    isClaimed ||
    (await parts.desk.claimResend({
      id: old.id,
      from: [filter.status],
      resentAs: successor.id,
      action: { at, by, action: 'resent', replay },
      resolved: { by, at, how: 'resent' },
    }));
  if (!isOurs) return undefined;
  const creation = await createResend(parts, successor, by);
  if (creation.kind === 'exists' && creation.notification.replay !== replay) return 'in_flight';
  return fate === 'eligible' ? 'resent' : fate;
}
