import type { Statement } from '../syntax/tree.js';
import { evaluate, textOf } from './evaluate.js';
import { type Scope, holds } from './scope.js';
import { RenderingStopped, mostItems } from './work-limit.js';

/** The text of a block. What was missing stands in `scope.missing` afterwards. Throws RenderingStopped beyond the limits. */
export function renderStatements(statements: readonly Statement[], scope: Scope): string {
  return statements.map((statement) => renderStatement(statement, scope)).join('');
}

function renderStatement(statement: Statement, scope: Scope): string {
  scope.limit.step();
  switch (statement.kind) {
    case 'text':
      return scope.limit.write(statement.text);
    case 'output':
      return scope.limit.write(textOf(statement.of, scope, true));
    case 'if': {
      const branch = holds(evaluate(statement.condition, scope, false)) ? statement.then : statement.otherwise;
      return renderStatements(branch, scope);
    }
    case 'for':
      return renderLoop(statement, scope);
  }
}

function renderLoop({ item, list, body, otherwise }: Statement & { kind: 'for' }, scope: Scope): string {
  const values = evaluate(list, scope, false);
  if (!Array.isArray(values) || values.length === 0) return renderStatements(otherwise, scope);
  if (values.length > mostItems) throw new RenderingStopped('too_long');
  const { length } = values;
  return values
    .map((value: unknown, index) => {
      const loop = { index: index + 1, first: index === 0, last: index === length - 1, length };
      return renderStatements(body, { ...scope, local: { loop, [item]: value } });
    })
    .join('');
}
