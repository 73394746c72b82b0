import type { RecordedNotification } from '@earlybird/testing';
import type { Evidence } from './evidence.js';
import type { Explained } from './explain.js';

/** A customer who was told more than once, by one event. */
export interface Doubled {
  readonly event: string;
  readonly deliveries: number;
}

/** Sent twice: without a reason, and as the rules ask for after a doubt (unknown → resend). */
export interface Doubles {
  readonly unexplained: readonly Doubled[];
  readonly byRule: readonly (Doubled & { readonly why: 'open at a kill' | 'connection cut' })[];
}

/**
 * Counts, in the simulator's own file, the deliveries of each event. More than one is as the rules have it when each delivery
 * but the last belongs to an attempt of its own whose outcome was in doubt: unknown, or known only after its lease.
 */
export function findDoubles(evidence: Evidence, explained: Explained): Doubles {
  const byId = new Map(evidence.notifications.map((notification) => [notification._id, notification]));
  const deliveries = new Map<string, { readonly notification: RecordedNotification; readonly attempt: string }[]>();
  for (const { kind, notificationId = '', attempt = '' } of evidence.journal) {
    const notification = kind === 'delivery' ? byId.get(notificationId) : undefined;
    if (notification === undefined) continue;
    const event = notification.event?.id ?? notification._id;
    deliveries.set(event, [...(deliveries.get(event) ?? []), { notification, attempt }]);
  }
  const cut = new Set(evidence.planned.filter(({ fate }) => fate === 'cut').map(({ id }) => id));
  const doubled = [...deliveries].filter(([, found]) => found.length > 1);
  const unexplained: Doubled[] = [];
  const byRule: Doubles['byRule'][number][] = [];
  for (const [event, found] of doubled) {
    const oneNotification = new Set(found.map(({ notification }) => notification._id)).size === 1;
    const ownAttempts = new Set(found.map(({ attempt }) => attempt)).size === found.length;
    const inDoubt = found
      .slice(0, -1)
      .every(({ notification, attempt }) => wasInDoubt(notification, attempt, explained));
    if (!oneNotification || !ownAttempts || !inDoubt) unexplained.push({ event, deliveries: found.length });
    else byRule.push({ event, deliveries: found.length, why: cut.has(event) ? 'connection cut' : 'open at a kill' });
  }
  return { unexplained, byRule };
}

function wasInDoubt({ attempts }: RecordedNotification, number: string, explained: Explained): boolean {
  const attempt = attempts.find((candidate) => String(candidate.number) === number);
  if (attempt === undefined) return false;
  // A late answer turns an unknown attempt into an accepted one; the kill that delayed it is the doubt.
  return attempt.outcome === 'unknown' || (attempt.outcome === 'accepted' && explained.isOpenAtKill(attempt));
}
