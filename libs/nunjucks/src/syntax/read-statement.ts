import type { NunjucksNode } from './nunjucks-node.js';
import { readExpression, refuse, mustHave } from './read-expression.js';
import type { Statement } from './tree.js';

/** The statements of a block. Whatever is not named here is refused with its place. */
export function readStatements(node: NunjucksNode | null | undefined, inLoop = false): readonly Statement[] {
  if (node === null || node === undefined) return [];
  if (node.typename === 'If') return [readIf(node, inLoop)];
  return (node.children ?? []).flatMap((child) => readStatement(child, inLoop));
}

function readStatement(node: NunjucksNode, inLoop: boolean): readonly Statement[] {
  switch (node.typename) {
    case 'Output':
      return (node.children ?? []).map(readOutput);
    case 'If':
      return [readIf(node, inLoop)];
    case 'For':
      return [readFor(node, inLoop)];
    default:
      return refuse(node);
  }
}

function readOutput(node: NunjucksNode): Statement {
  return node.typename === 'TemplateData'
    ? { kind: 'text', text: String(node.value) }
    : { kind: 'output', of: readExpression(node) };
}

function readIf(node: NunjucksNode, inLoop: boolean): Statement {
  return {
    kind: 'if',
    condition: readExpression(mustHave(node, node.cond)),
    then: readStatements(node.body, inLoop),
    otherwise: readStatements(node.else_, inLoop),
  };
}

function readFor(node: NunjucksNode, inLoop: boolean): Statement {
  if (inLoop) return refuse(node, 'a loop inside a loop is not allowed');
  const item = mustHave(node, node.name);
  if (item.typename !== 'Symbol') return refuse(node, 'a loop has one variable: {% for item in items %}');
  return {
    kind: 'for',
    item: String(item.value),
    list: readExpression(mustHave(node, node.arr)),
    body: readStatements(node.body, true),
    otherwise: readStatements(node.else_, inLoop),
  };
}
