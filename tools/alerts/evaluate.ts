/** One series at one moment. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What was scraped at the beginning and at the end of the window that `increase` looks at. */
export interface Scrapes {
  readonly before: readonly Sample[];
  readonly after: readonly Sample[];
}

/** What an expression reads: a metric, and what its labels must be. */
export interface Selector {
  readonly metric: string;
  readonly labels: readonly { readonly name: string; readonly operator: '=' | '!='; readonly value: string }[];
}

/** A sum, a greatest or a least, or two of them divided, against a bound; or that there is nothing at all. */
export type Expression =
  | { readonly kind: 'absent'; readonly of: Selector }
  | {
      readonly kind: 'compared';
      readonly terms: readonly Term[];
      readonly operator: '>' | '<' | '==';
      readonly bound: number;
    };

interface Term {
  readonly aggregate: 'sum' | 'max' | 'min';
  readonly by: readonly string[];
  readonly increase: boolean;
  readonly selector: Selector;
}

/** Reads the subset of PromQL that the alerts are written in. Throws for anything else. */
export function parseExpression(text: string): Expression {
  const absent = /^absent\((\w+)\)$/.exec(text)?.[1];
  if (absent !== undefined) return { kind: 'absent', of: { metric: absent, labels: [] } };
  const [, left, operator, bound] = /^(.+) (>|<|==) ([\d.]+)$/.exec(text) ?? [];
  if (left === undefined || (operator !== '>' && operator !== '<' && operator !== '==')) throw unreadable(text);
  return { kind: 'compared', terms: left.split(' / ').map(parseTerm), operator, bound: Number(bound) };
}

/** Every metric and label that an expression names. */
export function selectorsOf(expression: Expression): readonly (Selector & { readonly by: readonly string[] })[] {
  return expression.kind === 'absent'
    ? [{ ...expression.of, by: [] }]
    : expression.terms.map(({ selector, by }) => ({ ...selector, by }));
}

/** Whether the alert's expression holds. */
export function holds(expression: Expression, scrapes: Scrapes): boolean {
  if (expression.kind === 'absent') return matching(scrapes.after, expression.of).length === 0;
  const { terms, operator, bound } = expression;
  const [first = new Map<string, number>(), second] = terms.map((term) => valuesOf(term, scrapes));
  return [...first].some(([group, value]) => {
    const result = second === undefined ? value : value / (second.get(group) ?? Number.NaN);
    if (operator === '>') return result > bound;
    return operator === '<' ? result < bound : result === bound;
  });
}

function parseTerm(text: string): Term {
  const form = /^(sum|max|min)(?: by \(([\w, ]+)\))? ?\((increase\()?(\w+)(?:\{([^}]*)\})?(?:\[\w+\])?\)?\)$/;
  const [, aggregate, by, increase, metric, matchers] = form.exec(text) ?? [];
  if ((aggregate !== 'sum' && aggregate !== 'max' && aggregate !== 'min') || metric === undefined)
    throw unreadable(text);
  const labels = matchers === undefined ? [] : matchers.split(',').map(parseMatcher);
  return { aggregate, by: by?.split(', ') ?? [], increase: increase !== undefined, selector: { metric, labels } };
}

function parseMatcher(text: string): Selector['labels'][number] {
  const [, name, operator, value] = /^(\w+)(!=|=)"([^"]*)"$/.exec(text) ?? [];
  if (name === undefined || value === undefined || (operator !== '=' && operator !== '!=')) throw unreadable(text);
  return { name, operator, value };
}

const unreadable = (text: string): Error => new Error(`not in the subset of PromQL that alerts use: ${text}`);

function valuesOf(
  { aggregate, by, increase, selector }: Term,
  { before, after }: Scrapes,
): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const sample of matching(after, selector)) {
    const group = by.map((label) => sample.labels[label] ?? '').join('|');
    const rise = increase ? riseOf(sample, before) : sample.value;
    // As Prometheus has it: what a series begins with is no rise of it.
    if (rise === undefined) continue;
    const known = values.get(group);
    values.set(group, known === undefined ? rise : combined(aggregate, known, rise));
  }
  return values;
}

function combined(aggregate: Term['aggregate'], a: number, b: number): number {
  if (aggregate === 'sum') return a + b;
  return aggregate === 'max' ? Math.max(a, b) : Math.min(a, b);
}

/** The series that a selector reads. */
export const matching = (samples: readonly Sample[], { metric, labels }: Selector): readonly Sample[] =>
  samples.filter(({ name, labels: is }) => name === metric && labels.every((one) => matches(is[one.name] ?? '', one)));

function matches(is: string, { operator, value }: Selector['labels'][number]): boolean {
  return (is === value) === (operator === '=');
}

function riseOf({ name, labels, value }: Sample, before: readonly Sample[]): number | undefined {
  const key = JSON.stringify(labels);
  const was = before.find((one) => one.name === name && JSON.stringify(one.labels) === key)?.value;
  return was === undefined ? undefined : value - was;
}
