import { type LogEventFields, type LogEventName } from './log-events.js';
import { type LogFieldName, type LogFieldValue } from './log-fields.js';

/** Fields that every line of a child carries; a line's own fields win. */
export type LogContext = { readonly [Field in Exclude<LogFieldName, 'error'>]?: LogFieldValue<Field> | undefined };

/** Writes log events. Never throws. */
export interface Log {
  /** Writes one line, when the event's level is on. */
  event<Name extends LogEventName>(name: Name, fields: LogEventFields<Name>): void;
  /** A log whose lines carry `context` too, e.g. correlationId, notificationId, attempt. */
  child(context: LogContext): Log;
}
