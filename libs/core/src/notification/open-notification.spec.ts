import { anEvent, aPolicy, aTemplate, after, testStart } from '@earlybird/testing';
import type { EventType } from '@earlybird/events';
import type { PersonSettings } from '../recipient/settings.js';
import { type Draft, draftNotifications } from './draft-notifications.js';
import { type Opening, openNotification } from './open-notification.js';
import { rules } from './rules/rules.js';

const { graces } = aPolicy();
const hour = 3_600_000;
const night = new Date('2026-02-01T23:00+05:30');
const morning = new Date('2026-02-02T07:00+05:30');
const person = (parts: Partial<PersonSettings>): Opening['settings'] => ({ person: { userId: 'cust_123', ...parts } });
const quietAtNight = person({ doNotDisturbStart: '22:00', doNotDisturbEnd: '07:00' });

function draftOf(type: EventType, time = testStart): Draft {
  const [draft] = draftNotifications(anEvent(type, {}, { time }), rules, {});
  if (draft === undefined) throw new Error(`no rule for ${type}`);
  return draft;
}

const open = (draft: Draft, opening: Partial<Opening> = {}) =>
  openNotification(draft, { settings: {}, now: testStart, graces, ...opening });

describe('opening a notification', () => {
  it('queues it, to be looked for after half an hour', () => {
    const draft = draftOf('order.created');
    const { wishedLanguage: _w, happenedAt: _h, ...kept } = draft;
    const opened = open(draft);
    expect(opened).toStrictEqual({
      ...kept,
      id: opened.id,
      status: 'queued',
      language: 'en',
      validUntil: after(24 * hour),
      wakeAt: after(30 * 60_000),
      createdAt: testStart,
      updatedAt: testStart,
      statusTimes: { queued: testStart },
    });
    expect(opened.id).toMatch(/^msg_[0-9a-z]{25}$/);
  });

  it('schedules it for the end of quiet hours', () => {
    const draft = { ...draftOf('delivery.scheduled', night), validUntil: new Date('2026-02-02T18:00+05:30') };
    expect(open(draft, { now: night, settings: quietAtNight })).toMatchObject({
      status: 'scheduled',
      statusReason: 'quiet_hours',
      dueAt: morning,
      wakeAt: morning,
      statusTimes: { scheduled: night },
    });
  });

  it('queues it in quiet hours when it would be worthless afterwards, and says why', () => {
    const draft = { ...draftOf('delivery.scheduled', night), validUntil: new Date('2026-02-02T06:00+05:30') };
    expect(open(draft, { now: night, settings: quietAtNight })).toMatchObject({
      status: 'queued',
      statusReason: 'quiet_hours_overridden_by_validity',
    });
  });

  it.each<[string, Draft, Partial<Opening>, string, string]>([
    [
      'suppresses what has no phone',
      { ...draftOf('order.created'), recipient: {} },
      {},
      'suppressed',
      'no_usable_phone',
    ],
    [
      'suppresses what is not wanted',
      draftOf('order.created'),
      { settings: person({ notificationsEnabled: false }) },
      'suppressed',
      'notifications_disabled',
    ],
    ['expires what comes too late', draftOf('order.created', after(-24 * hour)), {}, 'expired', 'validity_passed'],
  ])('%s, and never looks for it', (_rule, draft, opening, status, statusReason) => {
    const opened = open(draft, opening);
    expect(opened).toMatchObject({ status, statusReason });
    for (const field of ['wakeAt', 'dueAt', 'nextAttemptAt']) expect(opened).not.toHaveProperty(field);
  });

  describe('by the published template', () => {
    const draft = draftOf('subscription.created', night);

    it('holds it back in quiet hours when the template says so', () => {
      const template = aTemplate({ quietHours: 'defer' });
      expect(open(draft, { now: night, settings: quietAtNight, template })).toMatchObject({
        status: 'scheduled',
        dueAt: morning,
      });
      expect(open(draft, { now: night, settings: quietAtNight })).toMatchObject({ status: 'queued' });
    });

    it('counts the template’s validity from when it happened', () => {
      const template = aTemplate({ validityMs: 2 * hour });
      expect(open(draft, { now: night, template }).validUntil).toEqual(after(2 * hour, night));
    });

    it('but a moment that the event names stands', () => {
      const reminder = draftOf('billing.bill_issued');
      const template = aTemplate({ validityMs: hour });
      expect(open(reminder, { template }).validUntil).toEqual(reminder.validUntil);
    });

    it('expires it instead of overriding quiet hours where the template forbids that', () => {
      const soon = { ...draftOf('delivery.scheduled', night), validUntil: morning };
      const template = aTemplate({ quietHours: 'defer', overrideQuietHours: false });
      expect(open(soon, { now: night, settings: quietAtNight, template })).toMatchObject({ status: 'expired' });
    });
  });

  describe('by the wish for now', () => {
    const template = aTemplate({ quietHours: 'defer' });
    const opening = { now: night, settings: quietAtNight, template };

    it('overrides quiet hours for a request over REST', () => {
      const { event: _, ...request } = draftOf('order.created', night);
      expect(open({ ...request, immediate: true }, opening)).toMatchObject({ status: 'queued' });
      expect(open({ ...request, immediate: false }, opening)).toMatchObject({ status: 'scheduled' });
    });

    it('decides nothing for an event', () => {
      expect(draftOf('order.created').immediate).toBe(true);
      expect(open(draftOf('order.created', night), opening)).toMatchObject({ status: 'scheduled' });
    });
  });

  describe('for a moment to come', () => {
    const draft = draftOf('order.created');

    it('schedules it then', () => {
      expect(open(draft, { sendAt: after(hour) })).toMatchObject({
        status: 'scheduled',
        dueAt: after(hour),
        wakeAt: after(hour),
      });
    });

    it('asks permission of that moment, not of this', () => {
      const asleep = draftOf('delivery.scheduled');
      const opening = { settings: quietAtNight, sendAt: night };
      expect(open({ ...asleep, validUntil: after(48 * hour) }, opening)).toMatchObject({
        status: 'scheduled',
        statusReason: 'quiet_hours',
        dueAt: morning,
      });
    });

    it('queues it when the moment has passed', () => {
      expect(open(draft, { sendAt: after(-1) })).toMatchObject({ status: 'queued' });
    });
  });

  it.each([
    ['the person’s own', person({ language: 'hi' }), 'en', 'hi'],
    ['the event’s where the person has none', person({}), 'hi', 'hi'],
    ['English where nobody says', {}, undefined, 'en'],
    ['the whole language of a regional one', {}, 'hi-IN', 'hi'],
    ['the same in capitals', {}, 'HI', 'hi'],
    ['English for a blank', {}, ' ', 'en'],
  ])('speaks %s', (_whose, settings, wished, language) => {
    const { wishedLanguage: _, ...draft } = draftOf('order.created');
    const wish = wished === undefined ? {} : { wishedLanguage: wished };
    expect(open({ ...draft, ...wish }, { settings }).language).toBe(language);
  });
});
