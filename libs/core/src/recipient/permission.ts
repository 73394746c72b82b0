import type { Category, QuietHoursRule } from '../message/message-type.js';
import { type DailyWindow, complement, firstInstantOutside } from './quiet-hours.js';
import type { Recipient } from './recipient.js';
import { type RecipientSettings, defaultTimeZone } from './settings.js';

/** Whether a message may leave now. `reason` is a stable word that is kept with the notification. */
export type Permission =
  | { readonly kind: 'allowed'; readonly reason?: string }
  | { readonly kind: 'suppressed'; readonly reason: string }
  | { readonly kind: 'postponed'; readonly until: Date; readonly reason: string }
  | { readonly kind: 'expired'; readonly reason: string };

/** What the question is about. */
export interface PermissionRequest {
  readonly recipient: Recipient;
  readonly settings: RecipientSettings;
  readonly messageType: string;
  readonly category: Category;
  readonly quietHours: QuietHoursRule;
  readonly overrideQuietHours: boolean;
  /** `immediate: true` over REST overrides quiet hours for utility types. */
  readonly immediate: boolean;
  readonly validUntil: Date;
  readonly now: Date;
}

/** Marketing leaves between 10:00 and 21:00 of the recipient's day (events.md). */
const marketingWindow: DailyWindow = { start: '10:00', end: '21:00' };

/** Decides by the person's and the number's settings, the stricter wins; asked before every send (events.md). */
export function permissionFor(request: PermissionRequest): Permission {
  if (request.recipient.phone === undefined) return { kind: 'suppressed', reason: 'no_usable_phone' };
  if (request.validUntil <= request.now) return { kind: 'expired', reason: 'validity_passed' };
  const refusal = refusalBy(request);
  return refusal === undefined ? quietHoursOf(request) : { kind: 'suppressed', reason: refusal };
}

function refusalBy({ settings, recipient, messageType, category, now }: PermissionRequest): string | undefined {
  const { person, number } = settings;
  if (number?.suppressed !== undefined && number.suppressed.until > now) return 'number_unreachable';
  if (person?.notificationsEnabled === false) return 'notifications_disabled';
  if (person?.notificationTypes?.[messageType] === false) return 'message_type_disabled';
  if (category !== 'marketing') return undefined;
  if (number?.marketingOptOut !== undefined) return 'marketing_opt_out';
  if (person?.notificationTypes?.['promotional'] === false) return 'message_type_disabled';
  const consent =
    person?.marketingConsent?.granted ?? (number?.marketingConsent !== undefined ? true : recipient.marketingConsent);
  return consent === true ? undefined : 'no_marketing_consent';
}

function quietHoursOf(request: PermissionRequest): Permission {
  const { category, immediate, quietHours, settings, now, validUntil } = request;
  // No template and no wish takes marketing out of its window.
  if (category === 'utility' && (quietHours === 'ignore' || immediate)) return { kind: 'allowed' };
  const until = firstInstantOutside(quietWindows(request), now, settings.person?.timezone ?? defaultTimeZone);
  if (until?.getTime() === now.getTime()) return { kind: 'allowed' };
  if (until !== undefined && until < validUntil) return { kind: 'postponed', until, reason: 'quiet_hours' };
  if (category === 'utility' && request.overrideQuietHours)
    return { kind: 'allowed', reason: 'quiet_hours_overridden_by_validity' };
  return { kind: 'expired', reason: 'quiet_hours_outlast_validity' };
}

function quietWindows({ category, settings }: PermissionRequest): readonly DailyWindow[] {
  const { doNotDisturbStart: start, doNotDisturbEnd: end } = settings.person ?? {};
  const own = start !== undefined && end !== undefined ? [{ start, end }] : [];
  return category === 'marketing' ? [...own, complement(marketingWindow)] : own;
}
