import { z } from 'zod';

/** The fields of a log line that a reader at a terminal needs; the whole line is in the file. */
const lineSchema = z.object({
  level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']),
  time: z.string(),
  msg: z.string(),
  error: z.object({ message: z.string() }).optional(),
});

/** Wide enough for the longest name of an app. */
const NAME_WIDTH = 20;

/**
 * A line that an app printed, for a terminal: time of day, app, what happened; warnings and errors marked. A line that is no log line
 * (Node's own words before a crash) is shown as it is.
 */
export function readableLine(app: string, line: string): string {
  const name = app.padEnd(NAME_WIDTH);
  const parsed = parse(line);
  if (parsed === undefined) return `           ${name} ${line}`;
  const { level, time, msg, error } = parsed;
  const mark = level === 'warn' ? '! ' : level === 'error' || level === 'fatal' ? '✘ ' : '';
  const cause = error === undefined || msg.includes(error.message) ? '' : ` (${error.message})`;
  return `${timeOfDay(time)}   ${name} ${mark}${msg}${cause}`;
}

/** Whether a line says that something is not as it should be. */
export function isTrouble(line: string): boolean {
  const level = parse(line)?.level;
  return level === undefined || level === 'warn' || level === 'error' || level === 'fatal';
}

function parse(line: string): z.infer<typeof lineSchema> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function timeOfDay(time: string): string {
  return new Date(time).toLocaleTimeString('en-GB');
}
