import { defaultTimeZone, type NumberSettings, type PersonSettings } from '@earlybird/core';
import { type NumberSettingsView, type PersonSettingsView } from './settings-view.js';

/** A person's preferences in the user's field names. */
export function personSettingsViewOf(settings: PersonSettings): PersonSettingsView {
  const { marketingConsent: consent } = settings;
  return {
    user_id: settings.userId,
    phone: settings.phone,
    notifications_enabled: settings.notificationsEnabled ?? true,
    notification_types: settings.notificationTypes ?? {},
    do_not_disturb_start: settings.doNotDisturbStart,
    do_not_disturb_end: settings.doNotDisturbEnd,
    timezone: settings.timezone ?? defaultTimeZone,
    language: settings.language,
    marketing_consent: consent === undefined ? undefined : { ...consent, at: consent.at.toISOString() },
  };
}

/** What belongs to a number, in the user's field names. */
export function numberSettingsViewOf(settings: NumberSettings): NumberSettingsView {
  const { marketingOptOut: optOut, marketingConsent: consent, suppressed } = settings;
  return {
    phone: settings.phone,
    marketing_opt_out: optOut !== undefined,
    marketing_opt_out_at: optOut?.at.toISOString(),
    marketing_opt_out_source: optOut?.source,
    marketing_consent:
      consent === undefined ? undefined : { granted: true, at: consent.at.toISOString(), source: consent.source },
    suppressed:
      suppressed === undefined
        ? undefined
        : { reason: suppressed.reason, at: suppressed.at.toISOString(), until: suppressed.until.toISOString() },
    last_inbound_at: settings.lastInboundAt?.toISOString(),
  };
}
