import { after, testStart } from '@earlybird/testing';
import { type Permission, type PermissionRequest, permissionFor } from './permission.js';
import type { NumberSettings, PersonSettings } from './settings.js';

const phone = '+919876543210';
const hour = 3_600_000;
const at = (indianTime: string) => new Date(`2026-02-01T${indianTime}+05:30`);

type Asked = Partial<PermissionRequest> & {
  readonly person?: Partial<PersonSettings>;
  readonly number?: Partial<NumberSettings>;
};

/** Asks for a utility message at 10:30 in Asia/Kolkata that is valid for a day, unless told otherwise. */
function ask({ person, number, ...request }: Asked): Permission {
  return permissionFor({
    recipient: { phone, userId: 'u' },
    settings: {
      ...(person === undefined ? {} : { person: { userId: 'u', ...person } }),
      ...(number === undefined ? {} : { number: { phone, ...number } }),
    },
    messageType: 'delivery_reminder',
    category: 'utility',
    quietHours: 'defer',
    overrideQuietHours: true,
    immediate: false,
    validUntil: after(24 * hour),
    now: testStart,
    ...request,
  });
}

const wish = { at: testStart, source: 'test' };
const night = { doNotDisturbStart: '22:00', doNotDisturbEnd: '07:00' };
const marketing = {
  category: 'marketing',
  messageType: 'churn_risk',
  recipient: { phone, marketingConsent: true },
} as const;
const allowed: Permission = { kind: 'allowed' };
const suppressed = (reason: string): Permission => ({ kind: 'suppressed', reason });
const overridden: Permission = { kind: 'allowed', reason: 'quiet_hours_overridden_by_validity' };
const outlasted: Permission = { kind: 'expired', reason: 'quiet_hours_outlast_validity' };
const postponed = (until: Date): Permission => ({ kind: 'postponed', until, reason: 'quiet_hours' });

describe('permission', () => {
  it.each<[string, Asked, Permission]>([
    ['is given when nothing is on record', {}, allowed],
    [
      'is given to one who allows it',
      { person: { notificationsEnabled: true, notificationTypes: { delivery_reminder: true } } },
      allowed,
    ],
    ['needs a phone', { recipient: { userId: 'u' } }, suppressed('no_usable_phone')],
    ['ends with the validity', { validUntil: testStart }, { kind: 'expired', reason: 'validity_passed' }],
    ['is there until the validity ends', { validUntil: after(1) }, allowed],
    [
      'is refused by one who wants nothing',
      { person: { notificationsEnabled: false } },
      suppressed('notifications_disabled'),
    ],
    [
      'is refused for one type',
      { person: { notificationTypes: { delivery_reminder: false } } },
      suppressed('message_type_disabled'),
    ],
    ['is given for the others', { person: { notificationTypes: { payment_reminder: false } } }, allowed],
    ['is given for utility when promotion is off', { person: { notificationTypes: { promotional: false } } }, allowed],
    [
      'is refused for an unreachable number',
      { number: { suppressed: { reason: 'bad_number', at: testStart, until: after(1) } } },
      suppressed('number_unreachable'),
    ],
    [
      'returns when the number’s suppression is over',
      { number: { suppressed: { reason: 'bad_number', at: testStart, until: testStart } } },
      allowed,
    ],
    ['is given for utility after STOP', { number: { marketingOptOut: wish } }, allowed],
  ])('%s', (_rule, asked, expected) => {
    expect(ask(asked)).toEqual(expected);
  });

  describe('for marketing', () => {
    it.each<[string, Asked, Permission]>([
      ['needs consent on record', { recipient: { phone } }, suppressed('no_marketing_consent')],
      ['is given by consent in the event', {}, allowed],
      [
        'is refused by the event’s no',
        { recipient: { phone, marketingConsent: false } },
        suppressed('no_marketing_consent'),
      ],
      [
        'is given by the person’s consent',
        { recipient: { phone }, person: { marketingConsent: { granted: true, ...wish } } },
        allowed,
      ],
      [
        'is refused by the person’s no, whatever the event says',
        { person: { marketingConsent: { granted: false, ...wish } } },
        suppressed('no_marketing_consent'),
      ],
      ['is given by the number’s consent', { recipient: { phone }, number: { marketingConsent: wish } }, allowed],
      [
        'is refused by STOP, whatever the person says',
        { person: { marketingConsent: { granted: true, ...wish } }, number: { marketingOptOut: wish } },
        suppressed('marketing_opt_out'),
      ],
      [
        'is refused when promotion is off',
        { person: { notificationTypes: { promotional: false } } },
        suppressed('message_type_disabled'),
      ],
      [
        'is refused when its own type is off',
        { person: { notificationTypes: { churn_risk: false } } },
        suppressed('message_type_disabled'),
      ],
    ])('%s', (_rule, asked, expected) => {
      expect(ask({ ...marketing, ...asked })).toEqual(expected);
    });

    it.each<[string, string, Asked, Permission]>([
      ['09:59', 'waits for the window', {}, postponed(at('10:00'))],
      ['10:00', 'leaves from its first minute', {}, allowed],
      ['20:59', 'leaves in its last minute', {}, allowed],
      ['21:00', 'waits for the next day', {}, postponed(new Date('2026-02-02T10:00+05:30'))],
      ['21:00', 'expires when that is too late', { validUntil: at('23:00') }, outlasted],
      [
        '21:00',
        'is not sent at once by anybody’s wish',
        { immediate: true },
        postponed(new Date('2026-02-02T10:00+05:30')),
      ],
      [
        '21:00',
        'is not let out by its template',
        { quietHours: 'ignore' },
        postponed(new Date('2026-02-02T10:00+05:30')),
      ],
      [
        '09:59',
        'keeps the person’s own quiet hours too',
        { person: { doNotDisturbStart: '08:00', doNotDisturbEnd: '12:15' } },
        postponed(at('12:15')),
      ],
      [
        '20:30',
        'keeps both windows across midnight',
        { person: { doNotDisturbStart: '20:00', doNotDisturbEnd: '09:00' } },
        postponed(new Date('2026-02-02T10:00+05:30')),
      ],
      [
        '12:00',
        'never leaves when both cover the day',
        { person: { doNotDisturbStart: '09:00', doNotDisturbEnd: '22:00' } },
        outlasted,
      ],
      ['09:59', 'goes by the recipient’s zone', { person: { timezone: 'Asia/Dubai' } }, postponed(at('11:30'))],
    ])('at %s %s', (time, _rule, asked, expected) => {
      expect(ask({ ...marketing, now: at(time), validUntil: after(7 * 24 * hour), ...asked })).toEqual(expected);
    });
  });

  describe('in quiet hours', () => {
    const late = { now: at('22:30'), person: night };
    const morning = new Date('2026-02-02T07:00+05:30');

    it.each<[string, Asked, Permission]>([
      ['postpones to their end', {}, postponed(morning)],
      ['is given where quiet hours do not concern the type', { quietHours: 'ignore' }, allowed],
      ['is given to a request that wants it at once', { immediate: true }, allowed],
      [
        'is given at once when the message would be worthless afterwards',
        { validUntil: new Date('2026-02-02T06:00+05:30') },
        overridden,
      ],
      ['is given at once when it ends with them', { validUntil: morning }, overridden],
      ['ends then, where the template says so', { validUntil: morning, overrideQuietHours: false }, outlasted],
      [
        'is refused before it is postponed',
        { person: { ...night, notificationsEnabled: false } },
        suppressed('notifications_disabled'),
      ],
      ['is given when only one end is on record', { person: { doNotDisturbStart: '22:00' } }, allowed],
      ['is given where the recipient’s day has begun', { person: { ...night, timezone: 'America/New_York' } }, allowed],
    ])('%s', (_rule, asked, expected) => {
      expect(ask({ ...late, ...asked })).toEqual(expected);
    });
  });
});
