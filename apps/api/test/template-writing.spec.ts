import { aNotification } from '@earlybird/testing';
import { type ApiUnderTest, startApi, tokenFor } from './api-under-test.js';

let api: ApiUnderTest;
beforeEach(async () => (api = await startApi()));
afterEach(() => api.close());

const text = 'Hello {{ customer_name }}, see you on {{ delivery_date | date }}{% if area %} in {{ area }}{% endif %}!';

async function save(type: string, body: unknown) {
  return api.call('PUT', `/templates/${type}`, { token: await tokenFor(['admin'], { sub: 'asha' }), body });
}

describe('saving a template', () => {
  it('makes a draft, which nobody is sent', async () => {
    const answer = await save('delivery_reminder', { language: 'en', body: text });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      message_type: 'delivery_reminder',
      language: 'en',
      version: 2,
      state: 'draft',
      body: text,
      author: 'asha',
      quiet_hours: 'defer',
      on_unknown: 'resend',
      validity_minutes: 1_440,
    });
    const sent = await api.call('POST', '/templates/delivery_reminder/preview', { body: {} });
    expect(sent.body['text']).toContain('Your EarlyBird delivery');
  });

  it('publishes it at once where that is wished, with everything else that it says', async () => {
    const answer = await save('delivery_reminder', {
      language: 'en',
      body: text,
      state: 'published',
      on_unknown: 'hold',
      quiet_hours: 'ignore',
      override_quiet_hours: false,
      validity_minutes: 60,
      provider_template: { name: 'reminder_v2', language: 'en', parameters: ['customer_name', 'delivery_date'] },
    });
    expect(answer.body).toMatchObject({
      version: 2,
      state: 'published',
      on_unknown: 'hold',
      quiet_hours: 'ignore',
      override_quiet_hours: false,
      validity_minutes: 60,
      provider_template: { name: 'reminder_v2', language: 'en', parameters: ['customer_name', 'delivery_date'] },
    });
    const queued = await api.call('POST', '/send-message', {
      as: 'sender',
      body: {
        phone: '+919876543210',
        message_type: 'delivery_reminder',
        context: { customer_name: 'John', delivery_date: '2026-02-01' },
        immediate: false,
      },
    });
    expect(queued.body['message_text']).toBe('Hello John, see you on February 1!');
    expect(api.fakes.audit.entries.map(({ action, subject, by }) => [action, subject, by])).toEqual([
      ['template_saved', 'delivery_reminder/en/2', 'asha'],
      ['template_published', 'delivery_reminder/en/2', 'asha'],
    ]);
  });

  it('keeps what the published version says where the new one says nothing', async () => {
    await save('delivery_reminder', {
      language: 'en',
      body: text,
      state: 'published',
      validity_minutes: 60,
      on_unknown: 'hold',
    });
    const answer = await save('delivery_reminder', { language: 'en', body: `${text} Bye` });
    expect(answer.body).toMatchObject({ version: 3, validity_minutes: 60, on_unknown: 'hold' });
  });

  it('takes a third language', async () => {
    const answer = await save('churn_risk', { language: 'mr', body: 'नमस्कार {{ customer_name }}', state: 'published' });
    expect(answer.body).toMatchObject({ language: 'mr', version: 1, state: 'published' });
  });

  it.each<[string, string, number, number, RegExp]>([
    ['a syntax error', 'Hi {{ customer_name }}\n{% if area %}x', 2, 15, /end of file/],
    ['an unknown tag', '{% nope %}', 1, 4, /unknown block tag/],
    ['a way out', 'a{{ customer_name.constructor }}', 1, 18, /not allowed/],
    ['a call', '{{ range(99999999) }}', 1, 9, /a call is not allowed/],
    ['an include', '{% include "/etc/passwd" %}', 1, 4, /include is not allowed/],
    [
      'an unknown variable',
      'Hi {{ customer_name }}, your {{ password }}',
      1,
      33,
      /password is unknown to delivery_reminder; there are/,
    ],
    ['an unguarded variable', 'Hi {{ customer_name }},\n in {{ area }}', 2, 8, /area may be absent: guard it/],
    ['an unknown filter', '{{ customer_name | evil }}', 1, 20, /the filter evil is unknown/],
  ])('refuses %s, with line and column', async (_, body, line, column, message) => {
    const answer = await save('delivery_reminder', { language: 'en', body });
    expect([answer.status, answer.body['code']]).toEqual([422, 'invalid_fields']);
    expect(answer.body['errors']).toEqual([
      { field: 'body', line, column, message: expect.stringMatching(message) as unknown },
    ]);
    expect(await api.fakes.templates.findVersions('delivery_reminder')).toHaveLength(2);
  });

  it.each<[string, object, string]>([
    ['no body', { language: 'en' }, 'body'],
    ['an empty body', { language: 'en', body: '  ' }, 'body'],
    ['a message that says nothing', { language: 'en', body: '{% if area %}{% endif %}' }, 'body'],
    ['a huge body', { language: 'en', body: 'x'.repeat(10_001) }, 'body'],
    ['no language', { body: 'x' }, 'language'],
    ['an odd language', { language: { $ne: 1 }, body: 'x' }, 'language'],
    ['an odd state', { language: 'en', body: 'x', state: 'retired' }, 'state'],
    ['an odd validity', { language: 'en', body: 'x', validity_minutes: 0 }, 'validity_minutes'],
    ['a provider template that is none', { language: 'en', body: 'x', provider_template: 'x' }, 'provider_template'],
    [
      'a provider template without parameters',
      { language: 'en', body: 'x', provider_template: { name: 'a', language: 'en' } },
      'provider_template.parameters',
    ],
    [
      'a parameter that nothing fills',
      { language: 'en', body: 'x', provider_template: { name: 'a', language: 'en', parameters: ['date'] } },
      'provider_template.parameters',
    ],
    [
      'an unknown field of the provider template',
      { language: 'en', body: 'x', provider_template: { name: 'a', language: 'en', parameters: [], id: 1 } },
      'provider_template.id',
    ],
    ['an unknown field', { language: 'en', body: 'x', version: 9 }, 'version'],
  ])('refuses %s', async (_, body, field) => {
    const answer = await save('delivery_reminder', body);
    expect([answer.status, answer.body['errors']]).toMatchObject([422, [{ field }]]);
  });
});

describe('publishing an older version', () => {
  it('takes it back', async () => {
    await save('delivery_reminder', { language: 'en', body: text, state: 'published' });
    const answer = await api.call('POST', '/templates/delivery_reminder/rollback', {
      body: { language: 'en', version: 1 },
    });
    expect([answer.status, answer.body['version'], answer.body['state']]).toEqual([200, 1, 'published']);
    const { body } = await api.call('GET', '/templates/delivery_reminder');
    const states = (
      body['templates'] as readonly { readonly language: string; readonly version: number; readonly state: string }[]
    )
      .filter(({ language }) => language === 'en')
      .map(({ version, state }) => [version, state]);
    expect(states).toEqual([
      [2, 'retired'],
      [1, 'published'],
    ]);
  });

  it.each([
    [{ language: 'en', version: 9 }, 404],
    [{ language: 'fr', version: 1 }, 404],
    [{ language: 'en', version: 0 }, 422],
    [{}, 422],
  ])('%j is answered with %d', async (body, status) => {
    expect((await api.call('POST', '/templates/delivery_reminder/rollback', { body })).status).toBe(status);
  });
});

describe('a hold of the provider', () => {
  it('is shown with the template, and lifted for everything that waits by publishing the same version again', async () => {
    const objection = { reason: 'template_paused', at: new Date(0), until: new Date(3 * 3_600_000) };
    await api.fakes.templates.object({ messageType: 'delivery_reminder', language: 'en', version: 1 }, objection);
    const shown = async () => {
      const { body } = await api.call('GET', '/templates/delivery_reminder', { as: 'viewer' });
      const templates = body['templates'] as readonly {
        readonly language: string;
        readonly provider_objection?: object;
      }[];
      return templates.find(({ language }) => language === 'en')?.provider_objection;
    };
    expect(await shown()).toEqual({
      reason: 'template_paused',
      at: '1970-01-01T00:00:00.000Z',
      until: '1970-01-01T03:00:00.000Z',
    });
    const held = aNotification({
      messageType: 'delivery_reminder',
      status: 'scheduled',
      statusReason: 'template_held',
      dueAt: new Date(Date.now() + 3_600_000),
    });
    await api.fakes.stores.notifications.create(held);
    const lifted = await api.call('POST', '/templates/delivery_reminder/rollback', {
      body: { language: 'en', version: 1 },
    });
    expect(lifted.status).toBe(200);
    expect(await shown()).toBeUndefined();
    const waiting = await api.call('GET', `/messages/${held.id}`, { as: 'viewer' });
    expect(Date.parse(String(waiting.body['send_at']))).toBeLessThanOrEqual(Date.now());
  });
});

describe('a preview', () => {
  const preview = (body: unknown, type = 'delivery_reminder') =>
    api.call('POST', `/templates/${type}/preview`, { as: 'viewer', ...(body === undefined ? {} : { body }) });

  it.each([[undefined], [{}]])('of %j shows the published version with sample values', async (body) => {
    const answer = await preview(body);
    expect(answer.body).toMatchObject({
      language: 'en',
      version: 1,
      text: 'Hi John Doe! Your EarlyBird delivery scheduled for February 1 is on track.\nTime: 6-8 AM\nArea: Bandra',
      length: 100,
      context: { customer_name: 'John Doe' },
    });
  });

  it('shows another language, version and values', async () => {
    const context = { customer_name: 'Asha', delivery_date: 'Jan 28' };
    expect((await preview({ language: 'hi', context })).body['text']).toBe(
      'नमस्ते Asha जी! आपकी EarlyBird डिलीवरी Jan 28 को आएगी।',
    );
    await save('delivery_reminder', { language: 'en', body: text });
    expect((await preview({ version: 2, context })).body['text']).toBe('Hello Asha, see you on Jan 28!');
  });

  it('shows a text that is not saved yet', async () => {
    const answer = await preview({ body: 'Hey {{ customer_name | upper }}' });
    expect([answer.body['text'], answer.body['version']]).toEqual(['Hey JOHN DOE', undefined]);
    expect(await api.fakes.templates.findVersions('delivery_reminder')).toHaveLength(2);
  });

  it.each<[object, number, string]>([
    [{ context: { customer_name: 'A' } }, 422, 'context.delivery_date'],
    [{ body: '{{ x' }, 422, 'body'],
    [{ body: '{{ area }}', context: { customer_name: 'A', delivery_date: 'x' } }, 422, 'context.area'],
    [{ body: 'x', version: 1 }, 422, 'version'],
    [{ context: 1 }, 422, 'context'],
  ])('of %j is refused', async (body, status, field) => {
    const answer = await preview(body);
    expect([answer.status, answer.body['errors']]).toMatchObject([status, [{ field }]]);
  });

  it.each([{ version: 7 }, { language: 'fr' }])('of %j is not found', async (body) => {
    expect((await preview(body)).body['code']).toBe('template_not_found');
  });

  it('of a bomb ends at once', async () => {
    const before = process.cpuUsage();
    const loop = '{% for i in items %}{% if i.name == "y" %}y{% endif %}{% endfor %}';
    const items = Array.from({ length: 100 }, (_, index) => ({ name: `x${index}` }));
    const answer = await preview(
      { body: loop.repeat(150), context: { customer_name: 'A', order_id: 'o', items } },
      'order_confirmation',
    );
    expect(answer.status).toBe(422);
    // Of processor time: how long that takes depends on what else the machine does.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });
});
