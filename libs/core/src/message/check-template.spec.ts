import { aTemplate } from '@earlybird/testing';
import { checkTemplate } from './check-template.js';
import { factsOf, messageTypeNames } from './message-type.js';
import type { Renderer } from './renderer.js';
import { sampleVariables } from './sample-variables.js';
import type { TemplateCheck } from './template-checker.js';
import type { TemplateDraft } from './template-store.js';
import type { Variables } from './variables.js';

const place = { line: 2, column: 7 };

function draft(parts: Partial<TemplateDraft> = {}): TemplateDraft {
  const { version: _v, state: _s, createdAt: _c, ...rest } = aTemplate({ messageType: 'delivery_reminder' });
  return { ...rest, ...parts };
}

/** A checker that finds `names`, and a renderer that needs what `needs` says of the variables it is given. */
function judges(names: readonly string[], needs: (variables: Variables) => readonly string[] = () => []) {
  const check: TemplateCheck = { ok: true, variables: names.map((name) => ({ name, ...place })) };
  const tried: Variables[] = [];
  const render: Renderer['render'] = (_, variables) => {
    tried.push(variables);
    const missing = needs(variables);
    return missing.length === 0 ? { ok: true, text: 'x' } : { ok: false, reason: 'missing_variable', missing };
  };
  return { tried, parts: { checker: { check: () => check }, renderer: { render } } };
}

describe('checking a template', () => {
  it('finds nothing in a good one, and has tried it with all, the required alone, and each optional one', () => {
    const { parts, tried } = judges(['customer_name', 'slot']);
    expect(checkTemplate(parts, draft())).toEqual([]);
    expect(tried.map((variables) => Object.keys(variables).length)).toEqual([6, 2, 3, 3, 3, 3, 5, 5, 5, 5]);
    expect(tried[1]).toEqual({ customer_name: 'John Doe', delivery_date: '2026-02-01' });
  });

  it('hands syntax errors on with their place', () => {
    const issues = [{ message: 'unknown block tag', line: 3, column: 4 }];
    const { parts } = judges([]);
    expect(checkTemplate({ ...parts, checker: { check: () => ({ ok: false, issues }) } }, draft())).toEqual([
      { field: 'body', message: 'unknown block tag', line: 3, column: 4 },
    ]);
  });

  it('names a variable that the event does not bring', () => {
    const { parts } = judges(['customer_name', 'password']);
    expect(checkTemplate(parts, draft())).toEqual([
      {
        field: 'body',
        message:
          'the variable password is unknown to delivery_reminder; there are customer_name, delivery_date, slot, area, delivery_id, subscription_id',
        ...place,
      },
    ]);
  });

  it('names an optional variable that is told without a guard, also behind the guard of another', () => {
    const { parts } = judges(['slot', 'area'], (variables) => [
      ...('slot' in variables ? [] : ['slot']),
      ...('area' in variables && !('delivery_id' in variables) ? ['delivery_id'] : []),
    ]);
    expect(checkTemplate(parts, draft()).map(({ message }) => message)).toEqual([
      'slot may be absent: guard it with {% if slot %}…{% endif %}',
      'delivery_id may be absent: guard it with {% if delivery_id %}…{% endif %}',
    ]);
  });

  it.each([
    ['too_long', /more than 4,096/],
    ['empty', /empty message/],
    ['template_broken', /cannot be rendered: template_broken/],
  ])('says what %s means', (reason, sentence) => {
    const { parts } = judges([]);
    const render: Renderer['render'] = () => ({ ok: false, reason, missing: [] });
    expect(checkTemplate({ ...parts, renderer: { render } }, draft())).toMatchObject([
      { field: 'body', message: expect.stringMatching(sentence) as unknown },
    ]);
  });

  it('names a provider parameter that no variable fills', () => {
    const { parts } = judges([]);
    const providerTemplate = { name: 'reminder', language: 'en', parameters: ['customer_name', 'date'] };
    expect(checkTemplate(parts, draft({ providerTemplate }))).toMatchObject([
      { field: 'providerTemplate.parameters', message: expect.stringMatching(/^date is no variable/) as unknown },
    ]);
  });
});

describe('the sample variables', () => {
  it.each(messageTypeNames)('of %s are exactly those that its templates may use', (messageType) => {
    const { required, optional } = factsOf(messageType);
    expect(Object.keys(sampleVariables[messageType]).sort()).toEqual([...required, ...optional].sort());
  });
});
