import type { Template, Variables } from '@earlybird/core';
import { rendererContract } from '@earlybird/testing';
import fc from 'fast-check';
import { NunjucksRenderer } from './nunjucks-renderer.js';

const renderer = new NunjucksRenderer();

function render(body: string, variables: Variables = {}, language = 'en') {
  return new NunjucksRenderer().render(template(body, language), variables);
}

function template(body: string, language = 'en', version = 1): Template {
  return {
    messageType: 'delivery_reminder',
    language,
    version,
    state: 'published',
    body,
    onUnknown: 'resend',
    quietHours: 'defer',
    validityMs: 86_400_000,
    overrideQuietHours: true,
    author: 'test',
    createdAt: new Date(0),
  };
}

rendererContract('nunjucks', renderer);

describe('rendering', () => {
  it.each<[string, string, Variables, string]>([
    ['fills in variables', 'Hi {{ name }}!', { name: 'Asha' }, 'Hi Asha!'],
    ['does not escape: WhatsApp is no HTML', '{{ name }}', { name: 'A & B <3 "x"' }, 'A & B <3 "x"'],
    ['takes a branch', '{% if a %}A{% elif b %}B{% else %}C{% endif %}', { b: 1 }, 'B'],
    ['takes the else branch for what is missing', '{% if a %}A{% else %}C{% endif %}', {}, 'C'],
    ['counts blank text as missing in a condition', '{% if a %}A{% else %}C{% endif %}', { a: '  ' }, 'C'],
    ['counts an empty list as missing in a condition', '{% if a %}A{% else %}C{% endif %}', { a: [] }, 'C'],
    ['leaves no line where a tag stands alone', 'x\n{% if a %}\ny\n{% endif %}\nz', {}, 'x\nz'],
    ['chooses in an expression', '{{ "yes" if a else "no" }}', { a: true }, 'yes'],
    ['chooses nothing where there is no else', 'x{{ a if b }}', { a: 'A' }, 'x'],
    ['falls back with or', '{{ area or "your area" }}', {}, 'your area'],
    ['falls back with default', '{{ area | default("your area") }}', {}, 'your area'],
    ['joins text', '{{ a ~ "-" ~ 2 }}', { a: 'x' }, 'x-2'],
    ['compares', '{% if n > 2 and n <= 3 and a != "b" %}ok{% endif %}', { n: 3, a: 'a' }, 'ok'],
    ['asks whether something is defined', '{% if a is defined and b is not defined %}ok{% endif %}', { a: 1 }, 'ok'],
    ['asks whether something is contained', '{% if a in ["x", "y"] %}ok{% endif %}', { a: 'y' }, 'ok'],
    [
      'goes through a list',
      '{% for i in items %}{{ loop.index }} {{ i.name }}{% if not loop.last %}, {% endif %}{% endfor %}',
      { items: [{ name: 'milk' }, { name: 'ghee' }] },
      '1 milk, 2 ghee',
    ],
    ['says something else for an empty list', '{% for i in items %}{{ i }}{% else %}none{% endfor %}', {}, 'none'],
    ['changes case', '{{ a | upper }} {{ b | lower }} {{ c | capitalize }}', { a: 'x', b: 'Y', c: 'zed' }, 'X y Zed'],
    ['counts and joins', '{{ items | length }}: {{ items | join(" + ") }}', { items: ['a', 'b'] }, '2: a + b'],
    ['keeps raw text', '{% raw %}{{ x }}{% endraw %}', {}, '{{ x }}'],
    ['drops comments', 'a{# nothing #}b', {}, 'ab'],
    ['tells numbers and booleans', '{{ n }} {{ b }}', { n: 0, b: false }, '0 false'],
  ])('%s', (_, body, variables, text) => {
    expect(render(body, variables)).toEqual({ ok: true, text });
  });

  it.each<[string, string, Variables, readonly string[]]>([
    ['is absent', '{{ name }}', {}, ['name']],
    ['is null', '{{ name }}', { name: null }, ['name']],
    ['is blank', '{{ name }}', { name: ' ' }, ['name']],
    ['is no text', '{{ name }}', { name: { first: 'A' } }, ['name']],
    ['is a list', '{{ name }}', { name: ['A'] }, ['name']],
    ['goes through a filter', '{{ amount | money }}', {}, ['amount']],
    ['is the branch that is told', '{{ a if b else c }}', { b: true }, ['a']],
    ['is the other branch', '{{ a if b else c }}', {}, ['c']],
    ['is the last resort of or', '{{ a or b }}', {}, ['b']],
    ['is part of an and that is told', '{{ a and b }}', { a: 1 }, ['b']],
    ['is compared and told', '{{ a == 1 }}', {}, ['a']],
    ['is negated and told', '{{ not a }}', {}, ['a']],
    ['is joined', '{{ a ~ b }}', { a: 'x' }, ['b']],
    ['is part of an item', '{% for i in items %}{{ i.name }}{% endfor %}', { items: [{}] }, ['i.name']],
    ['is inherited only', '{{ toString }}{{ hasOwnProperty }}', {}, ['toString', 'hasOwnProperty']],
    ['is one of several', '{{ a }}{{ b }}{{ c }}', { b: 1 }, ['a', 'c']],
  ])('names a variable that %s', (_, body, variables, missing) => {
    expect(render(body, variables)).toEqual({ ok: false, reason: 'missing_variable', missing });
  });

  it('is not misled by variables with names of the runtime', () => {
    const variables = JSON.parse('{"__proto__": {"name": "evil"}, "constructor": "c"}') as Variables;
    expect(render('{{ name }}', variables)).toEqual({ ok: false, reason: 'missing_variable', missing: ['name'] });
    expect(render('{{ constructor }}', variables)).toEqual({ ok: true, text: 'c' });
  });

  it('calls a template broken that does not parse', () => {
    expect(render('{{ name ')).toEqual({ ok: false, reason: 'template_broken', missing: [] });
  });

  it('calls a message empty that says nothing', () => {
    expect(render('{% if a %}x{% endif %}\n')).toEqual({ ok: false, reason: 'empty', missing: [] });
  });

  it('takes text of 4,096 characters and no more', () => {
    expect(render('{{ a }}', { a: 'x'.repeat(4_096) })).toEqual({ ok: true, text: 'x'.repeat(4_096) });
    expect(render('{{ a }}', { a: 'x'.repeat(4_097) })).toEqual({ ok: false, reason: 'too_long', missing: [] });
  });

  it('renders another body under a version that was rendered before', () => {
    expect(renderer.render(template('one', 'en', 7), {})).toEqual({ ok: true, text: 'one' });
    expect(renderer.render(template('two', 'en', 7), {})).toEqual({ ok: true, text: 'two' });
    expect(renderer.render(template('one', 'en', 7), {})).toEqual({ ok: true, text: 'one' });
  });
});

describe('a template bomb', () => {
  const items = Array.from({ length: 100 }, (_, index) => 'x'.repeat(index));
  const loop = '{% for i in items %}{% if i == "y" %}y{% endif %}{% endfor %}';

  it.each<[string, string, Variables]>([
    ['too long a list', '{% for i in items %}{{ loop.index }}{% endfor %}', { items: [...items, ...items] }],
    ['too much output', '{% for i in items %}{{ i }}{% endfor %}', { items }],
    [
      'growing text',
      `{% if ${Array.from({ length: 500 }, () => 'a').join(' ~ ')} %}x{% endif %}`,
      { a: 'x'.repeat(1_000) },
    ],
    ['too many steps', loop.repeat(150), { items }],
    ['deep brackets', `{{ ${'('.repeat(3_000)}a${')'.repeat(3_000)} }}`, { a: 'x' }],
    ['a long chain', `{{ a${' or a'.repeat(1_900)} }}`, {}],
    ['deep blocks', '{% if a %}'.repeat(900), { a: 1 }],
    ['a huge source', 'x'.repeat(20_000), {}],
  ])('of %s ends as an error', (_, body, variables) => {
    expect(render(body, variables).ok).toBe(false);
  });
});

describe('checking a source', () => {
  it('lists every variable once, in order, without what loops bring along', () => {
    const body =
      'a {{ b | money(c) }}\n{% if d and b %}{% for i in e %}{{ i.x }}{{ loop.index }}{% endfor %}{% endif %}{{ i }}';
    expect(renderer.check(body)).toEqual({
      ok: true,
      variables: [
        { name: 'b', line: 1, column: 6 },
        { name: 'c', line: 1, column: 16 },
        { name: 'd', line: 2, column: 7 },
        { name: 'e', line: 2, column: 29 },
        { name: 'i', line: 2, column: 84 },
      ],
    });
  });

  it.each<[string, number, number, RegExp]>([
    ['Hi {{ name', 1, 11, /ends in the middle|expected variable end/],
    ['line\n  {% if a %}x', 2, 14, /end of file/],
    ['{{ a b }}', 1, 6, /expected variable end/],
    ['{% nope %}', 1, 4, /unknown block tag/],
    ['{% endif %}', 1, 4, /unknown block tag/],
    ['{{ a | nope }}', 1, 8, /the filter nope is unknown; there are money, date/],
    ['{{ a | constructor }}', 1, 8, /the filter constructor is unknown/],
    ['{{ a.constructor }}', 1, 5, /constructor is not allowed/],
    ['{{ a["__proto__"] }}', 1, 5, /__proto__ is not allowed/],
    ['{{ a[b] }}', 1, 5, /only a fixed name/],
    ['x{{ range(9) }}', 1, 10, /a call is not allowed/],
    ['{{ a.constructor("return process")() }}', 1, 35, /a call is not allowed/],
    ['{% include "x" %}', 1, 4, /include is not allowed/],
    ['{% import "x" as y %}', 1, 4, /import is not allowed/],
    ['{% extends "x" %}', 1, 4, /extends is not allowed/],
    ['{% macro f() %}{% endmacro %}', 1, 4, /a macro is not allowed/],
    ['{% set a = 1 %}', 1, 4, /set is not allowed/],
    ['{{ a ** 9 }}', 1, 4, /arithmetic is not allowed/],
    ['{{ r/(a+)+$/ }}', 1, 4, /regular expression/],
    ['{{ {a: 1} }}', 1, 4, /an object is not allowed/],
    ['{% for k, v in a %}{% endfor %}', 1, 4, /a loop has one variable/],
    ['{% for a in b %}{% for c in a %}{% endfor %}{% endfor %}', 1, 20, /a loop inside a loop/],
    ['{% asyncEach a in b %}{% endeach %}', 1, 4, /asyncEach is not allowed/],
    ['{% filter upper %}x{% endfilter %}', 1, 11, /a filter block is not allowed/],
    ['x'.repeat(10_001), 1, 1, /at most 10000/],
  ])('refuses %j with its place', (body, line, column, message) => {
    expect(renderer.check(body)).toEqual({
      ok: false,
      issues: [{ line, column, message: expect.stringMatching(message) as unknown }],
    });
  });

  it.each([
    `{% if ${'not '.repeat(2_400)}a %}x{% endif %}`,
    `{{ a${' ~ a'.repeat(2_000)} }}`,
    '{% if a %}'.repeat(450) + '{% endif %}'.repeat(450),
  ])('refuses what is nested deeper than any walk should go', (body) => {
    const answer = renderer.check(body);
    expect(answer).toMatchObject({ ok: false, issues: [{ line: 1, message: 'is nested too deep' }] });
  });

  it('answers for any text whatever', () => {
    const scrap = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      '{#',
      '#}',
      ' if ',
      ' for ',
      ' in ',
      'endif',
      'endfor',
      '|',
      '(',
    );
    const more = fc.constantFrom(
      ')',
      '[',
      ']',
      '"',
      "'",
      ' a ',
      '.',
      ',',
      ' raw ',
      ' endraw ',
      ' r/',
      ' not ',
      ' is ',
      '-',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(scrap, more, fc.string()), { maxLength: 30 }), (parts) => {
        const body = parts.join('');
        const check = renderer.check(body);
        const rendering = renderer.render(template(body), { a: 'x' });
        return check.ok || !rendering.ok;
      }),
      { numRuns: 2_000 },
    );
  });
});
