import type { Outcome } from '../attempt/outcome.js';
import type { Notification } from '../notification/notification.js';
import type { FlowParts } from './flow-parts.js';
import { outlastOutage } from './outlast-outage.js';

/** What a refusal asks for beyond this notification (provider.md): kept for the number, however long the database is away. */
export async function bearConsequence(
  parts: Pick<FlowParts, 'settings' | 'policy' | 'clock' | 'reporter'>,
  { recipient: { phone } }: Notification,
  outcome: Outcome,
): Promise<void> {
  if (outcome.kind !== 'refused' || phone === undefined) return;
  const at = parts.clock.now();
  if (outcome.consequence === 'suppress_recipient') {
    const until = new Date(at.getTime() + parts.policy.suppressNumberMs);
    await outlastOutage(parts, 'suppress number', () =>
      parts.settings.suppressNumber(phone, outcome.reason, at, until),
    );
  }
  if (outcome.consequence === 'marketing_opt_out') {
    const wish = { granted: false, at, source: 'provider' };
    await outlastOutage(parts, 'record marketing wish', () => parts.settings.recordMarketingWish(phone, wish));
  }
}
