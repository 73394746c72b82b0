import type { FailureMeaning } from '../receipt/failure-meaning.js';
import type { Notification } from '../notification/notification.js';
import type { FlowParts } from './flow-parts.js';
import { objectToTemplate } from './object-to-template.js';

/** What drawing a consequence stands on. */
export type ConsequenceParts = Pick<FlowParts, 'settings' | 'templates' | 'policy' | 'clock' | 'reporter'>;

/**
 * Records what an answer asks for beyond this notification (provider.md): for the number, or for the template. Idempotent by
 * `at`, the instant at which the provider said so; what was long ago suppresses and holds nothing any more. Throws AppError
 * `database_unavailable`.
 */
export async function drawConsequence(
  parts: ConsequenceParts,
  notification: Notification,
  meaning: FailureMeaning,
  at: Date,
): Promise<void> {
  const { settings, policy } = parts;
  const { phone } = notification.recipient;
  switch (meaning.consequence) {
    case 'suppress_recipient':
      // With 0 the number is tried every time: not even those that are on their way at this instant are held back.
      if (phone === undefined || policy.suppressNumberMs === 0) return;
      return settings.suppressNumber(phone, meaning.reason, at, new Date(at.getTime() + policy.suppressNumberMs));
    case 'marketing_opt_out':
      if (phone === undefined) return;
      return settings.recordMarketingWish(phone, { granted: false, at, source: 'provider' });
    case 'hold_template':
    case 'report_template':
      return objectToTemplate(parts, notification, meaning, at);
    case undefined:
      return;
  }
}
