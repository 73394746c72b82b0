import { type ApiUnderTest, startApi, tokenFor } from './api-under-test.js';

let api: ApiUnderTest;
beforeEach(async () => (api = await startApi()));
afterEach(() => api.close());

const phone = '+919876543210';

async function put(path: string, body: unknown) {
  return api.call('PUT', `/settings/${path}`, { token: await tokenFor(['sender'], { sub: 'shop' }), body });
}

async function send(more: object = {}) {
  const body = {
    phone,
    message_type: 'churn_risk',
    context: { customer_name: 'John' },
    immediate: false,
    user_id: 'cust_1',
    ...more,
  };
  const answer = await api.call('POST', '/send-message', { as: 'sender', body });
  return [answer.body['status'], answer.body['status_reason']];
}

/** The user's own stored preferences. */
const preferences = {
  phone,
  notifications_enabled: true,
  do_not_disturb_start: '22:00',
  do_not_disturb_end: '07:00',
  notification_types: { delivery_reminder: true, payment_reminder: true, promotional: false },
  language: 'hi',
};

describe("a person's preferences", () => {
  it('are given back as saved, with what counts otherwise', async () => {
    const saved = await put('cust_1', preferences);
    expect([saved.status, saved.body]).toEqual([200, { user_id: 'cust_1', ...preferences, timezone: 'Asia/Kolkata' }]);
    expect((await api.call('GET', '/settings/cust_1', { as: 'viewer' })).body).toEqual(saved.body);
  });

  it('take the place of what was there', async () => {
    await put('cust_1', preferences);
    expect((await put('cust_1', { notifications_enabled: false })).body).toEqual({
      user_id: 'cust_1',
      notifications_enabled: false,
      notification_types: {},
      timezone: 'Asia/Kolkata',
    });
  });

  it('decide what is sent', async () => {
    await put('cust_1', { marketing_consent: true });
    expect((await send())[0]).toMatch(/queued|scheduled/);
    await put('cust_1', { marketing_consent: true, notification_types: { promotional: false } });
    expect(await send()).toEqual(['suppressed', 'message_type_disabled']);
    await put('cust_1', { marketing_consent: false });
    expect(await send()).toEqual(['suppressed', 'no_marketing_consent']);
    await put('cust_1', { notifications_enabled: false, marketing_consent: true });
    expect(await send()).toEqual(['suppressed', 'notifications_disabled']);
  });

  it('keep the date of a consent that was there before', async () => {
    const first = await put('cust_1', { marketing_consent: true });
    expect(first.body['marketing_consent']).toMatchObject({ granted: true, source: 'shop' });
    const second = await put('cust_1', { marketing_consent: true, language: 'en' });
    expect(second.body['marketing_consent']).toEqual(first.body['marketing_consent']);
    const third = await put('cust_1', { marketing_consent: false });
    expect(third.body['marketing_consent']).toMatchObject({ granted: false });
  });

  it('are audited by the names of what was changed', async () => {
    await put('cust_1', { language: 'en' });
    await put('cust_1', { language: 'hi', phone });
    expect(api.fakes.audit.entries.map(({ by, action, subject, details }) => [by, action, subject, details])).toEqual([
      ['shop', 'person_settings_saved', 'cust_1', { fields: 'userId, language' }],
      ['shop', 'person_settings_saved', 'cust_1', { fields: 'language, phone' }],
    ]);
  });

  it('of nobody are not found', async () => {
    const answer = await api.call('GET', '/settings/nobody');
    expect([answer.status, answer.body['code']]).toEqual([404, 'settings_not_found']);
  });

  it.each<[object, string]>([
    [{ phone: '9876543210' }, 'phone'],
    [{ notifications_enabled: 'yes' }, 'notifications_enabled'],
    [{ notification_types: { spam: true } }, 'notification_types'],
    [{ notification_types: { promotional: 'no' } }, 'notification_types'],
    [{ notification_types: [] }, 'notification_types'],
    [{ do_not_disturb_start: '22:00' }, 'do_not_disturb_end'],
    [{ do_not_disturb_end: '22:00' }, 'do_not_disturb_start'],
    [{ do_not_disturb_start: '24:00', do_not_disturb_end: '07:00' }, 'do_not_disturb_start'],
    [{ do_not_disturb_start: '7:00', do_not_disturb_end: '07:00' }, 'do_not_disturb_start'],
    [{ timezone: 'Mars/Olympus' }, 'timezone'],
    [{ timezone: { $ne: 1 } }, 'timezone'],
    [{ language: 'English!' }, 'language'],
    [{ marketing_consent: { granted: true } }, 'marketing_consent'],
    [{ user_id: 'other' }, 'user_id'],
  ])('of %j are refused, naming %s', async (body, field) => {
    const answer = await put('cust_1', body);
    expect([answer.status, answer.body['errors']]).toMatchObject([422, [{ field }]]);
  });
});

describe('what belongs to a number', () => {
  const until = new Date(Date.now() + 3_600_000).toISOString();

  it('stops marketing, whoever consents', async () => {
    await put('cust_1', { marketing_consent: true });
    const saved = await put(`by-phone/${encodeURIComponent(phone)}`, { marketing_opt_out: true });
    expect(saved.body).toMatchObject({ phone, marketing_opt_out: true, marketing_opt_out_source: 'shop' });
    expect(await send()).toEqual(['suppressed', 'marketing_opt_out']);
    await put(`by-phone/${encodeURIComponent(phone)}`, { marketing_opt_out: false });
    expect((await send())[0]).toMatch(/queued|scheduled/);
  });

  it('stops everything for a while', async () => {
    const saved = await put(`by-phone/${phone}`, { suppressed_until: until, suppressed_reason: 'asked us' });
    expect(saved.body).toMatchObject({ suppressed: { reason: 'asked us', until }, marketing_opt_out: false });
    expect(await send({ message_type: 'pause_confirmation' })).toEqual(['suppressed', 'number_unreachable']);
    expect((await api.call('GET', `/settings/by-phone/${phone}`)).body).toEqual(saved.body);
  });

  it('keeps what the provider and the holder said', async () => {
    await api.fakes.settings.recordInbound(phone, new Date('2026-02-01T05:00:00Z'));
    const saved = await put(`by-phone/${phone}`, {});
    expect(saved.body).toEqual({ phone, marketing_opt_out: false, last_inbound_at: '2026-02-01T05:00:00.000Z' });
  });

  it('is audited without the number', async () => {
    await put(`by-phone/${phone}`, { marketing_opt_out: true });
    expect(api.fakes.audit.entries).toMatchObject([
      {
        by: 'shop',
        action: 'number_settings_saved',
        subject: '+91******3210',
        details: { fields: 'phone, marketingOptOut' },
      },
    ]);
  });

  it('of an unknown number is not found', async () => {
    expect((await api.call('GET', `/settings/by-phone/${phone}`)).body['code']).toBe('settings_not_found');
  });

  it.each<[string, object, number]>([
    ['9876543210', {}, 400],
    [phone, { suppressed_until: until }, 422],
    [phone, { suppressed_reason: 'x' }, 422],
    [phone, { marketing_opt_out: 1 }, 422],
    [phone, { last_inbound_at: until }, 422],
  ])('of %s cannot be %j', async (number, body, status) => {
    expect((await put(`by-phone/${number}`, body)).status).toBe(status);
  });
});
