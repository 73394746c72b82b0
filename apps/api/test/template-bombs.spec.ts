import { type ApiUnderTest, startApi } from './api-under-test.js';

let api: ApiUnderTest;
beforeAll(async () => (api = await startApi()));
afterAll(() => api.close());

const items = Array.from({ length: 200 }, (_, index) => `item ${index}`);
const loop = (body: string) => `{% for i in items %}${body}{% endfor %}`;

/** Templates that would run for ever, take all memory, or reach what is not theirs. */
const bombs: Readonly<Record<string, string>> = {
  'an endless loop': '{% for i in range(999999999) %}x{% endfor %}',
  'loops in loops': loop(loop(loop(loop(loop('x'))))),
  'a loop of loops one after the other': loop('{% if i == "y" %}y{% endif %}').repeat(150),
  'a macro that calls itself': '{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}',
  'a block that stands in itself': '{% block a %}{{ self.a() }}{% endblock %}',
  'a text that doubles': `{{ customer_name ${'~ customer_name '.repeat(600)}}}`,
  'a slow expression': '{{ r/(a+)+$/.test("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!") }}',
  'too many brackets': `{{ ${'('.repeat(4_900)}1${')'.repeat(4_900)} }}`,
  'too many conditions': '{% if customer_name %}'.repeat(450),
  'too many negations': `{% if ${'not '.repeat(2_400)}customer_name %}x{% endif %}`,
  'too many members': `{{ customer_name${'.a'.repeat(4_900)} }}`,
  'too many filters': `{{ customer_name${' | upper'.repeat(1_200)} | evil }}`,
  'an endless comment': `{#${'#'.repeat(9_900)}`,
  'many beginnings': '{{'.repeat(4_900),
  'the constructor': '{{ customer_name.constructor.constructor("while(true){}")() }}',
  'the constructor by its name': '{{ customer_name["const" ~ "ructor"] }}',
  'the prototype': '{{ customer_name.__proto__.polluted }}',
  'the globals': '{{ global.process.exit() }}',
  'the arguments': '{{ [].map.call(items, cycler) }}',
  'a file': '{% include "/etc/passwd" %}',
  'another template': '{% extends "delivery_reminder" %}',
  'an assignment': '{% set x = "x" %}{{ x }}',
};
const context = { customer_name: 'x'.repeat(2_000), delivery_date: '2026-02-01', items };

describe('a template bomb', () => {
  it.each(Object.entries(bombs))('(%s) is refused when it is previewed, and when it is saved', async (_, body) => {
    for (const [method, path, sent] of [
      ['POST', '/templates/delivery_reminder/preview', { body, context }],
      ['PUT', '/templates/delivery_reminder', { language: 'en', body, state: 'published' }],
    ] as const) {
      const answer = await api.call(method, path, { body: sent });
      expect([method, answer.status, answer.body['code']]).toEqual([method, 422, 'invalid_fields']);
      expect(answer.text).not.toMatch(/node_modules|\.js:/);
    }
  });

  it('leaves the published template as it was', async () => {
    const { body } = await api.call('POST', '/templates/delivery_reminder/preview', { body: {} });
    expect(body['version']).toBe(1);
  });

  it('keeps nobody else waiting: health is answered while four clients send one after the other', async () => {
    let busy = 4;
    const preview = (body: string) =>
      api.call('POST', '/templates/delivery_reminder/preview', { body: { body, context } });
    const clients = Promise.all(
      Array.from({ length: busy }, async () => {
        for (const body of Object.values(bombs)) expect((await preview(body)).status).toBe(422);
        busy -= 1;
      }),
    );
    let [longestMs, count] = [0, 0];
    while (busy > 0) {
      const before = process.cpuUsage();
      expect((await api.call('GET', '/health', { as: 'nobody' })).status).toBe(200);
      const { user, system } = process.cpuUsage(before);
      longestMs = Math.max(longestMs, (user + system) / 1_000);
      count += 1;
    }
    await clients;
    expect(count).toBeGreaterThan(5);
    // Of processor time, because the machine may be busy. Clients, server and bombs share one process here, and four bombs stand
    // before each call: a loop that blocks takes many times as long, or for ever.
    expect(longestMs).toBeLessThan(2_000);
  });
});
