import type { Evidence } from './evidence.js';

/** Whose receipts the provider may have forgotten. */
export interface Forgotten {
  /** Notifications that were delivered shortly before one of its kills. */
  readonly ids: ReadonlySet<string>;
  /** How many of them it had in hand. */
  readonly most: number;
}

/**
 * How long before a kill a message may have been delivered whose receipts were still to come: they are tried again with growing
 * waits while the api or a server behind it is away.
 */
const underWayMs = 15_000;
/** Between the look at what the provider has in hand and its end. */
const lookMs = 100;

/** Finds what the provider forgets when it is killed: receipts to come are in its memory only. */
export function findForgotten({ strikes, journal }: Pick<Evidence, 'strikes' | 'journal'>): Forgotten {
  const kills = strikes.filter(({ fault }) => fault === 'simulator');
  const deliveries = journal.flatMap(({ kind, at, notificationId: id }) =>
    kind === 'delivery' && id !== undefined ? [{ id, at: Date.parse(at) }] : [],
  );
  const deliveredIn = (from: number, until: number) => deliveries.filter(({ at }) => at >= from && at <= until);
  const inHand = kills.map(
    ({ from, until, receiptsToCome }) => receiptsToCome + deliveredIn(from - lookMs, until).length,
  );
  return {
    ids: new Set(kills.flatMap(({ from, until }) => deliveredIn(from - underWayMs, until).map(({ id }) => id))),
    most: inHand.reduce((sum, count) => sum + count, 0),
  };
}
