import { filters } from '../filter/filters.js';
import { tellText } from '../filter/text.js';
import type { Expression } from '../syntax/tree.js';
import { compareValues } from './compare-values.js';
import { type Scope, holds, isBlank, lookUp, lookUpMember } from './scope.js';

/**
 * The value of an expression. In a condition (`strict` false) what is missing is undefined; where it is to be told
 * (`strict` true) it is noted in `scope.missing` by its name, whichever way it was reached.
 */
export function evaluate(expression: Expression, scope: Scope, strict: boolean): unknown {
  scope.limit.step();
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'variable':
    case 'member':
      return told(valueOf(expression, scope), expression, scope, strict);
    case 'list':
      return expression.items.map((item) => evaluate(item, scope, strict));
    case 'filter':
      return filtered(expression, scope, strict);
    case 'choice':
      return chosen(expression, scope, strict);
    case 'or': {
      const left = evaluate(expression.left, scope, false);
      return holds(left) ? left : evaluate(expression.right, scope, strict);
    }
    case 'and': {
      const left = evaluate(expression.left, scope, strict);
      return holds(left) ? evaluate(expression.right, scope, strict) : left;
    }
    case 'not':
      return !holds(evaluate(expression.of, scope, strict));
    case 'defined':
      return !isBlank(evaluate(expression.of, scope, false));
    case 'compare': {
      const left = evaluate(expression.left, scope, strict);
      return compareValues(expression.operator, left, evaluate(expression.right, scope, strict));
    }
    case 'contained': {
      const item = evaluate(expression.item, scope, strict);
      return contains(evaluate(expression.list, scope, strict), item);
    }
    case 'joined':
      return scope.limit.bound(`${textOf(expression.left, scope, strict)}${textOf(expression.right, scope, strict)}`);
  }
}

/** The text of an expression. Where it is to be told (`strict`), what has no text (an object, a list) is noted as missing. */
export function textOf(expression: Expression, scope: Scope, strict: boolean): string {
  const value = evaluate(expression, scope, strict);
  const text = tellText(value);
  if (strict && text === undefined && !isBlank(value)) scope.missing.add(nameOf(expression));
  return text ?? '';
}

function valueOf(expression: Expression & { kind: 'variable' | 'member' }, scope: Scope): unknown {
  if (expression.kind === 'variable') return lookUp(scope, expression.name);
  return lookUpMember(evaluate(expression.of, scope, false), expression.key);
}

function told(value: unknown, expression: Expression, scope: Scope, strict: boolean): unknown {
  if (strict && isBlank(value)) scope.missing.add(nameOf(expression));
  return value;
}

function filtered({ name, input, args }: Expression & { kind: 'filter' }, scope: Scope, strict: boolean): unknown {
  const needed = strict && name !== 'default';
  const value = evaluate(input, scope, needed);
  const given = args.map((arg) => evaluate(arg, scope, false));
  const result = filters[name](value, given, scope.language);
  if (needed && result === undefined) scope.missing.add(nameOf(input));
  return result;
}

function chosen(expression: Expression & { kind: 'choice' }, scope: Scope, strict: boolean): unknown {
  if (holds(evaluate(expression.condition, scope, false))) return evaluate(expression.then, scope, strict);
  return expression.otherwise === undefined ? '' : evaluate(expression.otherwise, scope, strict);
}

function contains(list: unknown, item: unknown): boolean {
  if (Array.isArray(list)) return list.includes(item);
  return typeof list === 'string' && typeof item === 'string' && list.includes(item);
}

/** How the author of the template calls the value: `area`, `item.name`. */
function nameOf(expression: Expression): string {
  switch (expression.kind) {
    case 'variable':
      return expression.name;
    case 'member':
      return `${nameOf(expression.of)}.${expression.key}`;
    case 'filter':
      return nameOf(expression.input);
    case 'choice':
      return nameOf(expression.then);
    case 'or':
    case 'and':
    case 'compare':
    case 'joined':
      return nameOf(expression.left);
    case 'not':
    case 'defined':
      return nameOf(expression.of);
    case 'contained':
      return nameOf(expression.item);
    case 'list':
      return 'a list';
    case 'literal':
      return String(expression.value);
  }
}
