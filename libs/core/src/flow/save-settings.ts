import type { AuditLog } from '../audit/audit-log.js';
import type { Clock } from '../kernel/clock.js';
import { maskPhone } from '../recipient/phone-number.js';
import type { NumberSettings, PersonSettings } from '../recipient/settings.js';
import type { SettingsDesk } from '../recipient/settings-desk.js';

interface Parts {
  readonly desk: SettingsDesk;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** A person's preferences as somebody wishes them; consent gets its date here. */
export type PersonWish = Omit<PersonSettings, 'marketingConsent'> & { readonly marketingConsent?: boolean };

/** What belongs to a number, as somebody wishes it. */
export interface NumberChange {
  readonly phone: string;
  readonly marketingOptOut: boolean;
  readonly suppressed?: { readonly reason: string; readonly until: Date };
}

/** Who changed it is the source of a consent and an opt-out that were not there before. */
export function savePersonSettings(parts: Parts): (wish: PersonWish, by: string) => Promise<PersonSettings> {
  return async ({ marketingConsent: granted, ...rest }, by) => {
    const at = parts.clock.now();
    const known = await parts.desk.findPerson(rest.userId);
    const before = known?.marketingConsent;
    const consent = before?.granted === granted ? before : { granted: granted === true, at, source: by };
    const settings = {
      ...rest,
      ...(granted === undefined || consent === undefined ? {} : { marketingConsent: consent }),
    };
    await parts.desk.savePerson(settings);
    await parts.audit.record({
      at,
      by,
      action: 'person_settings_saved',
      subject: rest.userId,
      details: { fields: changedFields(known, settings) },
    });
    return settings;
  };
}

/** Keeps the date of an opt-out and of a suppression that were there before. */
export function saveNumberSettings(parts: Parts): (change: NumberChange, by: string) => Promise<NumberSettings> {
  return async ({ phone, marketingOptOut, suppressed }, by) => {
    const at = parts.clock.now();
    const known = await parts.desk.findNumber(phone);
    const saved = await parts.desk.saveNumber({
      phone,
      ...(marketingOptOut ? { marketingOptOut: known?.marketingOptOut ?? { at, source: by } } : {}),
      ...(suppressed === undefined ? {} : { suppressed: { at: known?.suppressed?.at ?? at, ...suppressed } }),
    });
    await parts.audit.record({
      at,
      by,
      action: 'number_settings_saved',
      subject: maskPhone(phone),
      details: { fields: changedFields(known, saved) },
    });
    return saved;
  };
}

function changedFields(before: object | undefined, now: object): string {
  const [old, fresh] = [before ?? {}, now].map(
    (one) => new Map(Object.entries(one).map(([key, value]) => [key, JSON.stringify(value)])),
  );
  const names = new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])]);
  return [...names].filter((name) => old?.get(name) !== fresh?.get(name)).join(', ');
}
