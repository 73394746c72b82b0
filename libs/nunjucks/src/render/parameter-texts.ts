import type { Expression, Statement } from '../syntax/tree.js';
import { textOf } from './evaluate.js';
import type { Scope } from './scope.js';

/** A variable that the body does not tell stands nowhere in its source. */
const nowhere = { line: 1, column: 1 };

/**
 * Each of these variables as the body tells it where it does so first, with the same filters; one that the body does not tell is
 * told plainly. '' where there is nothing to tell. Throws RenderingStopped beyond the limits.
 */
export function parameterTexts(
  names: readonly string[],
  statements: readonly Statement[],
  scope: Scope,
): readonly string[] {
  const told = statements.flatMap(toldIn);
  return names.map((name) => {
    const expression = told.find((candidate) => variableOf(candidate) === name);
    return textOf(expression ?? { kind: 'variable', name, place: nowhere }, scope, false).trim();
  });
}

/** What a statement tells of single variables; what a loop makes of its items is no single value. */
function toldIn(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'text':
    case 'for':
      return [];
    case 'output':
      return chainsIn(statement.of);
    case 'if':
      return [...statement.then, ...statement.otherwise].flatMap(toldIn);
  }
}

/** The variables of an expression, each with the filters that it goes through; conditions tell nothing. */
function chainsIn(expression: Expression): readonly Expression[] {
  if (variableOf(expression) !== undefined) return [expression];
  switch (expression.kind) {
    case 'choice':
      return [expression.then, ...(expression.otherwise === undefined ? [] : [expression.otherwise])].flatMap(chainsIn);
    case 'or':
    case 'joined':
      return [expression.left, expression.right].flatMap(chainsIn);
    case 'literal':
    case 'variable':
    case 'member':
    case 'list':
    case 'filter':
    case 'and':
    case 'not':
    case 'defined':
    case 'compare':
    case 'contained':
      return [];
  }
}

function variableOf(expression: Expression): string | undefined {
  if (expression.kind === 'variable') return expression.name;
  return expression.kind === 'filter' ? variableOf(expression.input) : undefined;
}
