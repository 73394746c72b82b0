import { type FilterName, filterNames, isFilterName } from '../filter/filters.js';
import type { NunjucksNode } from './nunjucks-node.js';
import { TemplateError } from './template-error.js';
import { type CompareOperator, compareOperators, type Expression, type Place } from './tree.js';

/** The value that a node stands for. Whatever is not named here is refused with its place. */
export function readExpression(node: NunjucksNode): Expression {
  switch (node.typename) {
    case 'Literal':
      return readLiteral(node);
    case 'Symbol':
      return { kind: 'variable', name: nameOf(node), place: placeOf(node) };
    case 'LookupVal':
      return { kind: 'member', of: part(node, node.target), key: readKey(node) };
    case 'Array':
      return { kind: 'list', items: (node.children ?? []).map(readExpression) };
    case 'Group':
      return node.children?.length === 1 ? part(node, node.children[0]) : refuse(node, 'empty or listed brackets');
    case 'Filter':
      return readFilter(node);
    case 'InlineIf':
      return readChoice(node);
    case 'Or':
      return { kind: 'or', left: part(node, node.left), right: part(node, node.right) };
    case 'And':
      return { kind: 'and', left: part(node, node.left), right: part(node, node.right) };
    case 'Not':
      return { kind: 'not', of: part(node, node.target) };
    case 'Is':
      return readIs(node);
    case 'In':
      return { kind: 'contained', item: part(node, node.left), list: part(node, node.right) };
    case 'Compare':
      return readCompare(node);
    case 'Concat':
      return { kind: 'joined', left: part(node, node.left), right: part(node, node.right) };
    default:
      return refuse(node);
  }
}

/** Throws TemplateError: `node` is nothing that templates may use. */
export function refuse(node: NunjucksNode, reason = `${wordFor(node)} not allowed in a template`): never {
  throw new TemplateError(reason, placeOf(node));
}

/** The part of `node` that the grammar promises. */
export function mustHave(node: NunjucksNode, child: NunjucksNode | null | undefined): NunjucksNode {
  return child ?? refuse(node, 'is incomplete');
}

function part(node: NunjucksNode, child: NunjucksNode | null | undefined): Expression {
  return readExpression(mustHave(node, child));
}

function readLiteral(node: NunjucksNode): Expression {
  const { value } = node;
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return { kind: 'literal', value };
  return refuse(node, 'a regular expression is not allowed in a template');
}

function readKey(node: NunjucksNode): string | number {
  const key = mustHave(node, node.val);
  if (key.typename !== 'Literal' || (typeof key.value !== 'string' && typeof key.value !== 'number'))
    return refuse(node, 'only a fixed name or number may stand in [ ]');
  if (hiddenKeys.has(String(key.value))) return refuse(node, `${key.value} is not allowed in a template`);
  return key.value;
}

/** The ways from a value to the runtime behind it. Own properties are looked up only, so this is a second lock. */
const hiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

function readFilter(node: NunjucksNode): Expression {
  const name = filterOf(node);
  const [input, ...args] = mustHave(node, node.args).children ?? [];
  return { kind: 'filter', name, input: part(node, input), args: args.map(readExpression) };
}

function filterOf(node: NunjucksNode): FilterName {
  const name = nameOf(mustHave(node, node.name));
  return isFilterName(name) ? name : refuse(node, `the filter ${name} is unknown; there are ${filterNames.join(', ')}`);
}

function readChoice(node: NunjucksNode): Expression {
  return {
    kind: 'choice',
    condition: part(node, node.cond),
    then: part(node, node.body),
    ...(node.else_ === null || node.else_ === undefined ? {} : { otherwise: readExpression(node.else_) }),
  };
}

function readIs(node: NunjucksNode): Expression {
  const test = mustHave(node, node.right);
  if (test.typename !== 'Symbol' || test.value !== 'defined') return refuse(node, 'only `is defined` may be asked');
  return { kind: 'defined', of: part(node, node.left) };
}

function readCompare(node: NunjucksNode): Expression {
  const [operand, ...more] = node.ops ?? [];
  const operator = compareOperators.find((known) => known === operand?.type);
  if (operand === undefined || operator === undefined || more.length > 0)
    return refuse(node, 'compare two values at a time');
  return compare(operator, part(node, node.expr), part(node, operand.expr));
}

function compare(operator: CompareOperator, left: Expression, right: Expression): Expression {
  return { kind: 'compare', operator, left, right };
}

function nameOf(node: NunjucksNode): string {
  return String(node.value);
}

function placeOf(node: NunjucksNode): Place {
  return { line: node.lineno + 1, column: node.colno + 1 };
}

function wordFor({ typename }: NunjucksNode): string {
  return words[typename] ?? `${typename} is`;
}

const words: Readonly<Record<string, string>> = {
  FunCall: 'a call is',
  Include: 'include is',
  Import: 'import is',
  FromImport: 'import is',
  Extends: 'extends is',
  Block: 'block is',
  Super: 'super() is',
  Macro: 'a macro is',
  Caller: 'call is',
  Set: 'set is',
  Switch: 'switch is',
  Dict: 'an object is',
  Capture: 'a filter block is',
  IfAsync: 'ifAsync is',
  AsyncEach: 'asyncEach is',
  AsyncAll: 'asyncAll is',
  Add: 'arithmetic is',
  Sub: 'arithmetic is',
  Mul: 'arithmetic is',
  Div: 'arithmetic is',
  FloorDiv: 'arithmetic is',
  Mod: 'arithmetic is',
  Pow: 'arithmetic is',
  Neg: 'arithmetic is',
  Pos: 'arithmetic is',
};
