/** Slots and days are told on the wall clock of Asia/Kolkata, which has had one offset since 1945. */
const indianOffset = '+05:30';
const dayMs = 86_400_000;

/**
 * When a slot begins: `06:00-08:00` on `day`, or `2026-02-01 06:00-08:00` with its own day. Undefined for any other text
 * ("6-8 AM"), which is shown to people but has no known start.
 */
export function slotStart(slot: string, day?: string): Date | undefined {
  const match = /^(?:(\d{4}-\d{2}-\d{2})[ T])?(\d{2}:\d{2})\s*[-–]\s*\d{2}:\d{2}$/.exec(slot.trim());
  const date = match?.[1] ?? day;
  return match?.[2] === undefined || date === undefined ? undefined : instant(date, match[2]);
}

/** The end of a calendar day plus `days` more days. */
export function endOfDay(day: string, days = 0): Date | undefined {
  const start = instant(day, '00:00');
  return start === undefined ? undefined : new Date(start.getTime() + (days + 1) * dayMs);
}

function instant(day: string, time: string): Date | undefined {
  const parsed = new Date(`${day}T${time}:00${indianOffset}`);
  return Number.isNaN(parsed.getTime()) ? undefined : parsed;
}
