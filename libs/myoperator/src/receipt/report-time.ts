/** A clock may run ahead of ours by so much; a later time is no time at which something has happened. */
const aheadMs = 5 * 60 * 1_000;

/** Receipts come days late, not years; an earlier time is a zero or a slip. */
const behindMs = 366 * 24 * 60 * 60 * 1_000;

/** Digits of a second that a date can hold. */
const beyondMilliseconds = /(\.\d{3})\d+/;

const isoLike = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

/**
 * When the provider says that something happened: ISO 8601 down to nanoseconds, or seconds or milliseconds of the epoch. An
 * impossible time (unreadable, absent, years off, in the future) is replaced by the time at which the report came: the report
 * itself is worth more than its time.
 */
export function reportTime(value: unknown, receivedAt: Date): Date {
  const ms = epochMs(value);
  const received = receivedAt.getTime();
  const possible = ms > received - behindMs && ms < received + aheadMs;
  return possible ? new Date(Math.min(ms, received)) : receivedAt;
}

function epochMs(value: unknown): number {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') return NaN;
  const text = value.trim();
  if (/^\d{9,13}(\.\d+)?$/.test(text)) return fromEpoch(Number(text));
  if (!isoLike.test(text)) return NaN;
  const cut = text.replace(beyondMilliseconds, '$1').replace(' ', 'T');
  // Without a zone it is UTC, as the provider's other times are; Node would take it for local time.
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(cut) ? cut : `${cut}Z`);
}

/** Seconds until the year 5138, milliseconds since 1973. */
const fromEpoch = (value: number) => (value < 1e11 ? value * 1_000 : value);
