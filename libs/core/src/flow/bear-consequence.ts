import type { Outcome } from '../attempt/outcome.js';
import type { Notification } from '../notification/notification.js';
import { drawConsequence } from './draw-consequence.js';
import type { FlowParts } from './flow-parts.js';
import { outlastOutage } from './outlast-outage.js';

/** What a direct answer asks for beyond this notification is recorded, however long the database is away. */
export async function bearConsequence(
  parts: Pick<FlowParts, 'settings' | 'policy' | 'clock' | 'reporter'>,
  notification: Notification,
  outcome: Outcome,
): Promise<void> {
  if (!('consequence' in outcome)) return;
  const at = parts.clock.now();
  await outlastOutage(parts, 'draw consequence', () => drawConsequence(parts, notification, outcome, at));
}
