import { type PersonWish } from '@earlybird/core';
import { type PersonSettingsBody } from './settings.body.js';

/** What a body asks for a person; what it leaves out stays absent. */
export function personWishOf(userId: string, body: PersonSettingsBody): PersonWish {
  const wish = {
    phone: body.phone,
    notificationsEnabled: body.notifications_enabled,
    notificationTypes: body.notification_types,
    doNotDisturbStart: body.do_not_disturb_start,
    doNotDisturbEnd: body.do_not_disturb_end,
    timezone: body.timezone,
    language: body.language,
    marketingConsent: body.marketing_consent,
  };
  return { userId, ...given(wish) };
}

type Given<Wish> = { readonly [Name in keyof Wish]?: Exclude<Wish[Name], undefined> };

function given<Wish extends object>(wish: Wish): Given<Wish> {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as Given<Wish>;
}
