import { aNotification } from '@earlybird/testing';
import { type ApiUnderTest, startApi, tokenFor } from './api-under-test.js';

let api: ApiUnderTest;
beforeEach(async () => (api = await startApi()));
afterEach(() => api.close());

const phone = '+919876543210';

describe('erasing a recipient', () => {
  it('cancels what waits, takes the personal data out, and says how much', async () => {
    const waiting = aNotification({ status: 'queued', createdAt: new Date() });
    const sent = aNotification({ status: 'sent', text: 'Hi John Doe', createdAt: new Date() });
    for (const one of [waiting, sent]) api.fakes.log.put(one);
    api.fakes.settings.putPerson({ userId: 'cust_123', phone });
    const answer = await api.call('DELETE', `/recipients/${encodeURIComponent(phone)}`);
    expect([answer.status, answer.body]).toEqual([200, { cancelled: 1, messages: 2, settings: 1, parked_events: 0 }]);
    expect((await api.call('GET', `/history/${phone}`)).body['count']).toBe(0);
    const { body } = await api.call('GET', `/messages/${sent.id}`);
    expect(JSON.stringify(body)).not.toMatch(/John|9876543210|cust_123/);
    expect(body).toMatchObject({ status: 'sent', reference_id: 'order_123', erased_at: expect.any(String) as unknown });
    expect((await api.call('GET', `/messages/${waiting.id}`)).body['status']).toBe('cancelled');
    const again = await api.call('DELETE', `/recipients/${phone}`);
    expect([again.status, again.body]).toEqual([200, { cancelled: 0, messages: 0, settings: 0, parked_events: 0 }]);
  });

  it('needs a whole number', async () => {
    expect((await api.call('DELETE', '/recipients/9876543210')).status).toBe(400);
  });
});

describe('the audit log', () => {
  it('shows what admins did, newest first, page by page', async () => {
    const token = await tokenFor(['admin'], { sub: 'asha' });
    await api.call('PUT', '/settings/cust_1', { token, body: { language: 'hi' } });
    await api.call('POST', '/templates/churn_risk/rollback', { token, body: { language: 'hi', version: 1 } });
    await api.call('DELETE', `/recipients/${phone}`, { token });
    const first = await api.call('GET', '/audit?limit=2');
    expect(first.body['entries']).toMatchObject([
      { by: 'asha', action: 'recipient_erased', subject: '+91******3210', details: { notifications: 0 } },
      { by: 'asha', action: 'template_published', subject: 'churn_risk/hi/1' },
    ]);
    const second = await api.call('GET', `/audit?limit=2&before=${String(first.body['next_before'])}`);
    expect(second.body).toMatchObject({ count: 1, entries: [{ action: 'person_settings_saved', subject: 'cust_1' }] });
    expect((await api.call('GET', '/audit?action=template_published&by=asha')).body['count']).toBe(1);
    expect((await api.call('GET', '/audit?by=ravi')).body['count']).toBe(0);
  });

  it.each(['?action=x', '?limit=0', '?before=x', '?by='])('refuses %s', async (query) => {
    expect((await api.call('GET', `/audit${query}`)).status).toBe(400);
  });
});
