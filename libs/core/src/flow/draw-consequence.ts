import type { FailureMeaning } from '../receipt/failure-meaning.js';
import type { Notification } from '../notification/notification.js';
import type { FlowParts } from './flow-parts.js';

/**
 * Records what a refusal asks for beyond this notification (provider.md): for the number. Idempotent by `at`, the instant at
 * which the provider refused; a refusal that was long ago suppresses nothing any more. Throws AppError `database_unavailable`.
 */
export async function drawConsequence(
  { settings, policy }: Pick<FlowParts, 'settings' | 'policy'>,
  { recipient: { phone } }: Pick<Notification, 'recipient'>,
  { reason, consequence }: FailureMeaning,
  at: Date,
): Promise<void> {
  if (phone === undefined) return;
  switch (consequence) {
    case 'suppress_recipient':
      return settings.suppressNumber(phone, reason, at, new Date(at.getTime() + policy.suppressNumberMs));
    case 'marketing_opt_out':
      return settings.recordMarketingWish(phone, { granted: false, at, source: 'provider' });
    case 'hold_template':
    case undefined:
      return;
  }
}
