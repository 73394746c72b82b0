import type { Evidence } from './evidence.js';

/** Statuses that say that the customer was told. */
const told = ['sent', 'delivered', 'read'];

/** Every event that the broker took and of which nothing came, and every message that is called sent and never arrived. */
export function findLost(evidence: Evidence): readonly string[] {
  const { published, planned, notifications, journal } = evidence;
  const fates = new Map(planned.map(({ id, fate }) => [id, fate]));
  const known = new Set(notifications.map(({ event }) => event?.id));
  const parked = parkedEventIds(evidence);
  const lostEvents = published
    .filter(({ id }) =>
      fates.get(id) === 'invalid' ? !parked.recorded.has(id) || !parked.lying.has(id) : !known.has(id),
    )
    .map(({ id }) => `${id} (${fates.get(id) ?? 'not planned'}) was confirmed and is nowhere`);
  const unconfirmed = planned.length - published.length;
  const delivered = new Set(journal.filter(({ kind }) => kind === 'delivery').map((line) => line.notificationId));
  const lostMessages = notifications
    .filter(({ _id, status }) => told.includes(status) && !delivered.has(_id))
    .map(({ _id, status }) => `${_id} is ${status} and never reached the provider`);
  return [
    ...lostEvents,
    ...lostMessages,
    ...(unconfirmed > 0 ? [`${unconfirmed} events were never confirmed by the broker`] : []),
  ];
}

/** Set aside means both: on record, and in the dead-letter queue. */
function parkedEventIds({ parkedEvents, deadEvents }: Evidence): {
  readonly recorded: ReadonlySet<string | undefined>;
  readonly lying: ReadonlySet<string | undefined>;
} {
  return {
    recorded: new Set(parkedEvents.map(({ eventId }) => eventId)),
    lying: new Set(deadEvents.map(({ body }) => eventIdIn(body))),
  };
}

function eventIdIn(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { readonly id?: string }).id;
  } catch {
    return undefined;
  }
}
