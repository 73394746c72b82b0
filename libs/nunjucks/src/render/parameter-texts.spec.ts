import { aTemplate } from '@earlybird/testing';
import { NunjucksRenderer } from '../nunjucks-renderer.js';
import { seedTemplates } from '../seed-templates.js';

function parametersOf(body: string, parameters: readonly string[], variables: object, language = 'en') {
  const providerTemplate = { name: 'approved_v1', language, parameters };
  const template = aTemplate({ body, language, providerTemplate });
  return new NunjucksRenderer().render(template, { ...variables });
}

describe('the parameters of a provider template', () => {
  it.each<[string, readonly string[], object, readonly string[]]>([
    ['{{ amount | money(currency) }}', ['amount'], { amount: 2500, currency: 'INR' }, ['₹2,500.00']],
    [
      '{{ due_date | date }} {{ name }}',
      ['name', 'due_date'],
      { due_date: '2026-02-05', name: 'Asha' },
      ['Asha', 'February 5'],
    ],
    ['x{% if slot %}{{ slot | slot }}{% endif %}', ['slot'], { slot: '06:00-08:00' }, ['6-8 AM']],
    ['x{% if slot %}{{ slot | slot }}{% endif %}', ['slot'], {}, ['']],
    ['{{ "for " ~ (name | upper) }}', ['name'], { name: 'Asha' }, ['ASHA']],
    ['{{ area | default("your area") }}', ['area'], {}, ['your area']],
    ['{% for item in items %}{{ item }}{% endfor %}', ['items'], { items: ['milk'] }, ['']],
    ['x', ['count'], { count: 2 }, ['2']],
    ['x', ['constructor'], {}, ['']],
  ])('of %j, %j: told of %j as %j', (body, names, variables, parameters) => {
    expect(parametersOf(body, names, variables)).toMatchObject({ ok: true, parameters });
  });

  it('are told in the language of the template, by the filters of the seeded one', () => {
    const seed = seedTemplates().find(
      ({ messageType, language }) => messageType === 'payment_reminder' && language === 'hi',
    );
    const variables = { customer_name: 'आशा', amount: 2500, currency: 'INR', due_date: '2026-02-05' };
    expect(parametersOf(seed?.body ?? '', ['customer_name', 'amount', 'due_date'], variables, 'hi')).toMatchObject({
      parameters: ['आशा', '₹2,500.00', '5 फ़रवरी'],
    });
  });

  it('are absent where the template stands for none of the provider', () => {
    expect(new NunjucksRenderer().render(aTemplate({ body: 'x' }), {})).toStrictEqual({ ok: true, text: 'x' });
  });
});
