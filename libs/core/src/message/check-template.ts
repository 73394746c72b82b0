import { type MessageType, factsOf } from './message-type.js';
import type { Renderer } from './renderer.js';
import { sampleVariables } from './sample-variables.js';
import type { TemplateChecker, TemplateVariable } from './template-checker.js';
import type { TemplateDraft } from './template-store.js';
import type { Template } from './template.js';
import type { Variables } from './variables.js';

/** What is wrong with a template, by the field of its draft; in the body with line and column, from 1. */
export interface TemplateFault {
  readonly field: 'body' | 'providerTemplate.parameters';
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * Everything that would make messages of a template fail later: a syntax error, a variable that its event does not bring,
 * an optional one that is told without a guard, a text that is too long, a provider parameter that no variable fills.
 */
export function checkTemplate(
  { checker, renderer }: { readonly checker: TemplateChecker; readonly renderer: Renderer },
  draft: TemplateDraft,
): readonly TemplateFault[] {
  const check = checker.check(draft.body);
  if (!check.ok) return check.issues.map((issue) => ({ field: 'body', ...issue }));
  const strangers = unknownVariables(draft.messageType, check.variables);
  const faults = strangers.length > 0 ? strangers : trialFaults(renderer, draft, check.variables);
  return [...faults, ...parameterFaults(draft)];
}

function unknownVariables(messageType: MessageType, used: readonly TemplateVariable[]): readonly TemplateFault[] {
  const known = variablesOf(messageType);
  return used
    .filter(({ name }) => !known.includes(name))
    .map(({ name, line, column }) => ({
      field: 'body',
      message: `the variable ${name} is unknown to ${messageType}; there are ${known.join(', ')}`,
      line,
      column,
    }));
}

/** Tries the template with everything, with the required variables alone, and with each optional one alone and alone missing. */
function trialFaults(
  renderer: Renderer,
  draft: TemplateDraft,
  used: readonly TemplateVariable[],
): readonly TemplateFault[] {
  const template: Template = { ...draft, version: 0, state: 'draft', createdAt: new Date(0) };
  const missing = new Set<string>();
  for (const variables of trials(draft.messageType)) {
    const rendering = renderer.render(template, variables);
    if (rendering.ok) continue;
    if (rendering.missing.length === 0) return [{ field: 'body', message: sentenceFor(rendering.reason) }];
    for (const name of rendering.missing) missing.add(name);
  }
  return [...missing].map((name) => unguarded(name, used));
}

function trials(messageType: MessageType): readonly Variables[] {
  const { required, optional } = factsOf(messageType);
  const all = sampleVariables[messageType];
  const withOnly = (names: readonly string[]) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
  return [
    all,
    withOnly(required),
    ...optional.map((name) => withOnly([...required, name])),
    ...optional.map((name) => withOnly(variablesOf(messageType).filter((other) => other !== name))),
  ];
}

function unguarded(name: string, used: readonly TemplateVariable[]): TemplateFault {
  const place = used.find((variable) => variable.name === name || name.startsWith(`${variable.name}.`));
  return {
    field: 'body',
    message: `${name} may be absent: guard it with {% if ${name} %}…{% endif %}`,
    ...(place === undefined ? {} : { line: place.line, column: place.column }),
  };
}

function sentenceFor(reason: string): string {
  switch (reason) {
    case 'too_long':
      return 'makes a message of more than 4,096 characters';
    case 'empty':
      return 'makes an empty message';
    default:
      return `cannot be rendered: ${reason}`;
  }
}

function parameterFaults({ messageType, providerTemplate }: TemplateDraft): readonly TemplateFault[] {
  const known = variablesOf(messageType);
  return (providerTemplate?.parameters ?? [])
    .filter((name) => !known.includes(name))
    .map((name) => ({
      field: 'providerTemplate.parameters',
      message: `${name} is no variable of ${messageType}; there are ${known.join(', ')}`,
    }));
}

function variablesOf(messageType: MessageType): readonly string[] {
  const { required, optional } = factsOf(messageType);
  return [...required, ...optional];
}
