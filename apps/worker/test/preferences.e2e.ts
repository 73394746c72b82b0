import { eventually, guardLeaks, type RunningSystem, startSystem } from '@earlybird/testing';
import { jest } from '@jest/globals';
import { DateTime } from 'luxon';
import { zoneOfAfternoon } from './days.js';

// Two waits in a delay queue of longer than what may be remembered of preferences.
jest.setTimeout(60_000);

/** Preferences may be remembered for 5 s: a retry that comes later must know of every change. */
const retryDelayMs = 6_500;
const failsTwice = '+919999900002';
const zone = zoneOfAfternoon();

interface Message {
  readonly id: string;
  readonly status: string;
  readonly [field: string]: unknown;
}

describe('preferences, changed while a message is on its way', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await startSystem({ api: true, workers: 2, pace: { retryDelayMs } });
  }, 90_000);
  afterAll(() => system.stop());

  it('stop what waits in the delay queue, whichever of two workers takes it up again', async () => {
    const userId = 'cust_switches_off';
    await put(`/settings/${userId}`, { notification_types: { payment_confirmation: true } });
    const ids = await Promise.all(
      Array.from({ length: 16 }, async (_, index) => {
        const { id } = await send('payment_confirmation', { customer_name: 'Asha', amount: 100 + index }, userId);
        return id;
      }),
    );
    const waiting = await Promise.all(ids.map((id) => reaches(id, 'retrying')));
    const workers = waiting.flatMap(({ attempts }) =>
      (attempts as readonly { readonly worker: string }[]).map(({ worker }) => worker.split(' ')[0]),
    );
    expect(new Set(workers).size).toBe(2);
    await put(`/settings/${userId}`, { notification_types: { payment_confirmation: false } });
    const stopped = await Promise.all(ids.map((id) => reaches(id, 'suppressed')));
    for (const message of stopped)
      expect(message).toMatchObject({ status_reason: 'message_type_disabled', attempt_count: 1 });
    expect(await arrivals(ids)).toBe(ids.length);
  });

  it('of the number outweigh those of the person: STOP ends marketing to one who consented', async () => {
    const userId = 'cust_consents';
    await put(`/settings/${userId}`, { marketing_consent: true, timezone: zone });
    const { id } = await send('churn_risk', { customer_name: 'Asha' }, userId);
    await reaches(id, 'retrying');
    const stop = {
      event_type: 'message.received',
      event_id: 'stop-1',
      timestamp: new Date().toISOString(),
      customer_identifier: failsTwice.slice(1),
      payload: { id: 'in-1', data: { context: { body: 'Stop' } } },
    };
    expect((await system.callWebhook(stop)).status).toBe(200);
    expect(await reaches(id, 'suppressed')).toMatchObject({ status_reason: 'marketing_opt_out', attempt_count: 1 });
    expect(await arrivals([id])).toBe(1);
    expect((await get(`/settings/${userId}`)).body).toMatchObject({ marketing_consent: { granted: true } });
    const next = await send('churn_risk', { customer_name: 'Asha' }, userId);
    expect([next.status, next['status_reason']]).toEqual(['suppressed', 'marketing_opt_out']);
  });

  describe('as quiet hours', () => {
    const userId = 'cust_sleeps';
    const phone = '+919876512345';
    const inHours = (hours: number) => DateTime.now().setZone(zone).plus({ hours });
    const clock = (hours: number) => inHours(hours).toFormat('HH:mm');

    beforeAll(() =>
      put(`/settings/${userId}`, {
        do_not_disturb_start: clock(-1),
        do_not_disturb_end: clock(2),
        timezone: zone,
        marketing_consent: true,
      }),
    );

    it('let a reminder through that would be worthless after them, at once and with its reason', async () => {
      const context = { customer_name: 'Asha', delivery_date: '2026-02-02' };
      const until = inHours(1).toUTC().toISO();
      const { id } = await send('delivery_reminder', context, userId, { phone, immediate: false, valid_until: until });
      const arrived = await reaches(id, 'read');
      expect(arrived).toMatchObject({ status_reason: 'quiet_hours_overridden_by_validity', attempt_count: 1 });
    });

    it('make a reminder wait that is still worth something after them', async () => {
      const context = { customer_name: 'Asha', delivery_date: '2026-02-02' };
      const { id } = await send('delivery_reminder', context, userId, { phone, immediate: false });
      const message = await reaches(id, 'scheduled');
      expect(message['status_reason']).toBe('quiet_hours');
      const wakesAt = DateTime.fromISO(String(message['send_at'])).setZone(zone).toFormat('HH:mm');
      expect(wakesAt).toBe(clock(2));
    });

    it('make marketing wait for its window, or expire', async () => {
      const later = await send('churn_risk', { customer_name: 'Asha' }, userId, { phone });
      expect([later.status, later['status_reason']]).toEqual(['scheduled', 'quiet_hours']);
      const until = inHours(1).toUTC().toISO();
      const never = await send('churn_risk', { customer_name: 'Asha' }, userId, { phone, valid_until: until });
      expect([never.status, never['status_reason']]).toEqual(['expired', 'quiet_hours_outlast_validity']);
      expect(await arrivals([later.id, never.id])).toBe(0);
    });
  });

  async function send(type: string, context: object, userId: string, more: object = {}): Promise<Message> {
    const body = { phone: failsTwice, message_type: type, context, user_id: userId, ...more };
    const answer = await system.callApi('POST', '/send-message', body);
    expect(answer.status).toBeLessThan(300);
    return answer.body as Message;
  }

  async function put(path: string, body: object): Promise<void> {
    expect(await system.callApi('PUT', path, body)).toMatchObject({ status: 200 });
  }

  async function get(path: string): Promise<{ readonly body: Message }> {
    return { body: (await system.callApi('GET', path)).body as Message };
  }

  function reaches(id: string, status: string): Promise<Message> {
    return eventually(
      async () => {
        const { body } = await get(`/messages/${id}`);
        return body.status === status && body;
      },
      { withinMs: 20_000, message: `${id} is ${status}` },
    );
  }

  /** How many requests for these messages came in at the provider. */
  async function arrivals(ids: readonly string[]): Promise<number> {
    const lines = await system.journal();
    return lines.filter(({ kind, notificationId = '' }) => kind === 'arrival' && ids.includes(notificationId)).length;
  }
});

guardLeaks();
