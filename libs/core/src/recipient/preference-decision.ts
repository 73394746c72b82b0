import type { NumberSettings, PersonSettings, RecipientSettings } from './settings.js';

/** What of the settings a decision can rest on. */
export type DecidingPreferences = Partial<
  Pick<
    PersonSettings,
    | 'notificationsEnabled'
    | 'notificationTypes'
    | 'doNotDisturbStart'
    | 'doNotDisturbEnd'
    | 'timezone'
    | 'marketingConsent'
  > &
    Pick<NumberSettings, 'marketingOptOut' | 'suppressed'>
>;

/** What preferences decided about a notification, and how they were then: they may have been changed since. */
export interface PreferenceDecision {
  /** The reason of the permission, e.g. `quiet_hours_overridden_by_validity`. */
  readonly reason: string;
  readonly at: Date;
  /** What was on record of what it rests on; empty when nothing was. */
  readonly preferences: DecidingPreferences;
}

const decidedBy = new Map<string, readonly (keyof DecidingPreferences)[]>(
  Object.entries({
    number_unreachable: ['suppressed'],
    notifications_disabled: ['notificationsEnabled'],
    message_type_disabled: ['notificationTypes'],
    marketing_opt_out: ['marketingOptOut'],
    no_marketing_consent: ['marketingConsent'],
    quiet_hours: ['doNotDisturbStart', 'doNotDisturbEnd', 'timezone'],
    quiet_hours_overridden_by_validity: ['doNotDisturbStart', 'doNotDisturbEnd', 'timezone'],
    quiet_hours_outlast_validity: ['doNotDisturbStart', 'doNotDisturbEnd', 'timezone'],
  }),
);

/** The decision behind a permission's reason; undefined when no preference had a part in it. */
export function preferenceDecision(
  reason: string | undefined,
  { person, number }: RecipientSettings,
  at: Date,
): PreferenceDecision | undefined {
  const fields = reason === undefined ? undefined : decidedBy.get(reason);
  if (reason === undefined || fields === undefined) return undefined;
  const { marketingConsent: _, ...ofNumber } = number ?? {};
  const known: DecidingPreferences = { ...ofNumber, ...person };
  const preferences = Object.fromEntries(
    fields.filter((field) => known[field] !== undefined).map((field) => [field, known[field]]),
  );
  return { reason, at, preferences };
}
