import type { CompareOperator } from '../syntax/tree.js';

/** Compares numbers with numbers and text with text; values of different kinds are different and none is the greater. */
export function compareValues(operator: CompareOperator, left: unknown, right: unknown): boolean {
  switch (operator) {
    case '==':
    case '===':
      return left === right;
    case '!=':
    case '!==':
      return left !== right;
    case '<':
      return order(left, right) < 0;
    case '>':
      return order(left, right) > 0;
    case '<=':
      return order(left, right) <= 0;
    case '>=':
      return order(left, right) >= 0;
  }
}

/** NaN where there is no order: then no comparison holds. */
function order(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left !== 'string' || typeof right !== 'string') return Number.NaN;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
