import type { Expression, Place, Statement } from './syntax/tree.js';

/** A variable that a template asks for, and where it does so first. */
export interface UsedVariable {
  readonly name: string;
  readonly place: Place;
}

/** Every variable of a template once, in the order of its source; what a loop brings along is none. */
export function variablesOf(statements: readonly Statement[]): readonly UsedVariable[] {
  const found = new Map<string, Place>();
  for (const { name, place } of inStatements(statements, [])) if (!found.has(name)) found.set(name, place);
  return [...found].map(([name, place]) => ({ name, place }));
}

function inStatements(statements: readonly Statement[], local: readonly string[]): readonly UsedVariable[] {
  return statements.flatMap((statement) => inStatement(statement, local));
}

function inStatement(statement: Statement, local: readonly string[]): readonly UsedVariable[] {
  switch (statement.kind) {
    case 'text':
      return [];
    case 'output':
      return inExpression(statement.of, local);
    case 'if':
      return [
        ...inExpression(statement.condition, local),
        ...inStatements(statement.then, local),
        ...inStatements(statement.otherwise, local),
      ];
    case 'for':
      return [
        ...inExpression(statement.list, local),
        ...inStatements(statement.body, [...local, 'loop', statement.item]),
        ...inStatements(statement.otherwise, local),
      ];
  }
}

function inExpression(expression: Expression, local: readonly string[]): readonly UsedVariable[] {
  const within = (...parts: readonly (Expression | undefined)[]) =>
    parts.flatMap((part) => (part === undefined ? [] : inExpression(part, local)));
  switch (expression.kind) {
    case 'literal':
      return [];
    case 'variable':
      return local.includes(expression.name) ? [] : [{ name: expression.name, place: expression.place }];
    case 'member':
    case 'not':
    case 'defined':
      return within(expression.of);
    case 'list':
      return within(...expression.items);
    case 'filter':
      return within(expression.input, ...expression.args);
    case 'choice':
      return within(expression.condition, expression.then, expression.otherwise);
    case 'contained':
      return within(expression.item, expression.list);
    case 'or':
    case 'and':
    case 'compare':
    case 'joined':
      return within(expression.left, expression.right);
  }
}
