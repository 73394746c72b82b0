/**
 * What an admin did to something that is no notification: templates, settings, recipients, replays. Deeds on a notification are
 * recorded on it. Holds no personal data: phones are masked.
 */
export interface AuditEntry {
  readonly at: Date;
  /** The token's client. */
  readonly by: string;
  /** A stable word, e.g. `template_published`. */
  readonly action: AuditAction;
  /** What it was done to, e.g. `delivery_reminder/en/3`. */
  readonly subject: string;
  /** What was changed: names of fields, versions, counts. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

export const auditActions = [
  'template_saved',
  'template_published',
  'person_settings_saved',
  'number_settings_saved',
  'recipient_erased',
  'queue_processed',
  'parked_event_replayed',
  'parked_event_purged',
  'replay_started',
  'replay_cancelled',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Which entries. */
export interface AuditQuery {
  readonly action?: AuditAction;
  readonly by?: string;
  /** Only older ones, for the next page. */
  readonly before?: Date;
  readonly limit: number;
}

/** Port: the record of admin actions. Entries are never changed. Throws AppError `database_unavailable`. */
export interface AuditLog {
  record(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(query: AuditQuery): Promise<readonly AuditEntry[]>;
}
