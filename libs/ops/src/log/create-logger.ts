import { pino, type DestinationStream, type Logger } from 'pino';
import { textCleaner } from './clean-text.js';
import { describeError } from './describe-error.js';
import { type Log } from './log.js';
import { logFields } from './log-fields.js';
import { type LogEvent, logEvents, type LogLevel } from './log-events.js';

/** What a logger needs to know. */
export interface LoggerOptions {
  /** The process, e.g. worker; stands in every line. */
  readonly app: string;
  /** From which level on lines are written. */
  readonly level: LogLevel | 'trace' | 'silent';
  /** Values that must never appear, whatever text they hide in. See `secretsOf`. */
  readonly secrets?: readonly string[];
  /** Where lines go; stdout unless a test listens. */
  readonly destination?: DestinationStream;
}

/** The log of one process: one JSON line per event on stdout, cleaned of phones and secrets. */
export function createLogger(options: LoggerOptions): Log {
  const clean = textCleaner(options.secrets);
  const logger = pino(
    {
      level: options.level,
      base: { app: options.app },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    // Written at once and in order: the last words before a crash or a kill are the ones that matter.
    options.destination ?? pino.destination({ dest: 1, sync: true }),
  );
  return logOn(logger, clean);
}

function logOn(logger: Logger, clean: (text: string) => string): Log {
  return {
    event(name, fields) {
      const { level, message }: LogEvent = logEvents[name];
      if (!logger.isLevelEnabled(level)) return;
      const line = cleanFields(fields, clean);
      logger[level]({ event: name, ...line }, fill(message, line));
    },
    child: (context) => logOn(logger.child(cleanFields(context, clean)), clean),
  };
}

type Line = Readonly<Record<string, unknown>>;

/** Whatever else an object happens to carry stays out: only fields of the glossary are written. */
function cleanFields(fields: Line, clean: (text: string) => string): Line {
  const line: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (!(name in logFields)) continue;
    if (name === 'error') line[name] = describeError(value, clean);
    else if (typeof value === 'string') line[name] = clean(value);
    // A steady clock counts finer than anybody reads.
    else if (typeof value === 'number' && name.endsWith('Ms')) line[name] = Math.round(value);
    else if (value !== undefined) line[name] = value;
  }
  return line;
}

function fill(message: string, line: Line): string {
  return message.replace(/\{(\w+)\}/g, (_, field: string) => {
    const value = line[field];
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '?';
  });
}
