/** A calendar day, and the time of day where the value had one; on the wall clock of Asia/Kolkata. */
export interface Moment {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly time?: TimeOfDay;
}

/** 0 to 23, 0 to 59. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

/** Asia/Kolkata has had one offset since 1945. */
const indianOffsetMs = 5.5 * 3_600_000;

/**
 * Reads `2026-02-01` or an instant such as `2026-02-01T06:42:00+05:30` (RFC 3339, with an offset). Undefined for any other
 * text and for days that do not exist.
 */
export function readMoment(text: string): Moment | undefined {
  const trimmed = text.trim();
  if (/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) return readDay(trimmed);
  if (!/^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:\d{2})$/.test(trimmed))
    return undefined;
  const instant = Date.parse(trimmed.replace(' ', 'T').toUpperCase());
  if (Number.isNaN(instant) || readDay(trimmed.slice(0, 10)) === undefined) return undefined;
  const wall = new Date(instant + indianOffsetMs);
  return { ...dayOf(wall), time: { hour: wall.getUTCHours(), minute: wall.getUTCMinutes() } };
}

/** Reads `06:30`. */
export function readTime(text: string): TimeOfDay | undefined {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])];
  return match !== null && hour < 24 && minute < 60 ? { hour, minute } : undefined;
}

function readDay(text: string): Moment | undefined {
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text) ? undefined : dayOf(date);
}

function dayOf(date: Date): Moment {
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
