import type { Outcome } from '../attempt/outcome.js';
import type { Notification } from '../notification/notification.js';
import { type ConsequenceParts, drawConsequence } from './draw-consequence.js';
import { outlastOutage } from './outlast-outage.js';

/** What a direct answer asks for beyond this notification is recorded, however long the database is away. */
export async function bearConsequence(
  parts: ConsequenceParts,
  notification: Notification,
  outcome: Outcome,
): Promise<void> {
  if (!('consequence' in outcome)) return;
  const at = parts.clock.now();
  await outlastOutage(parts, 'draw consequence', () => drawConsequence(parts, notification, outcome, at));
}
