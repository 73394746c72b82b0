import { defaultTimeZone } from './settings.js';

/** A daily window of local time, `HH:MM`; it may cross midnight. Equal start and end mean no window at all. */
export interface DailyWindow {
  readonly start: string;
  readonly end: string;
}

const minuteMs = 60_000;
/** Two days hold every window whole, also on a day that a clock change makes 25 hours long. */
const horizonMinutes = 49 * 60;

/** True when `now` lies in the window as the clock on the wall of `zone` shows it (of Asia/Kolkata when there is no such zone). */
export function isWithin(window: DailyWindow, now: Date, zone: string): boolean {
  return covers(window, minuteOfDay(now, zone));
}

/**
 * The first instant from `now` on that no window covers, or undefined when there is none within two days. Steps by the
 * minute on real instants, so that an hour skipped or repeated by a clock change needs no rule of its own.
 */
export function firstInstantOutside(windows: readonly DailyWindow[], now: Date, zone: string): Date | undefined {
  if (!windows.some((window) => isWithin(window, now, zone))) return now;
  const start = Math.floor(now.getTime() / minuteMs) * minuteMs;
  const wall = wallClock(zone);
  for (let step = 1; step <= horizonMinutes; step += 1) {
    const instant = new Date(start + step * minuteMs);
    const minute = wall(instant);
    if (!windows.some((window) => covers(window, minute))) return instant;
  }
  return undefined;
}

/** The hours outside `window`, as a window. */
export function complement(window: DailyWindow): DailyWindow {
  return { start: window.end, end: window.start };
}

function covers(window: DailyWindow, minute: number): boolean {
  const start = toMinutes(window.start);
  const end = toMinutes(window.end);
  if (start === end) return false;
  return start < end ? minute >= start && minute < end : minute >= start || minute < end;
}

function toMinutes(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

function minuteOfDay(instant: Date, zone: string): number {
  return wallClock(zone)(instant);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(zone: string): (instant: Date) => number {
  let format = formats.get(zone);
  if (format === undefined) {
    // A zone that was stored before zones were checked must not stop the message.
    const timeZone = isTimeZone(zone) ? zone : defaultTimeZone;
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    formats.set(zone, format);
  }
  const known = format;
  return (instant) => toMinutes(known.format(instant));
}

/** True when `zone` is a time zone that this runtime knows, e.g. `Asia/Kolkata`. */
export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
