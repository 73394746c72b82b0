import type { NunjucksNode } from './nunjucks-node.js';
import { TemplateError } from './template-error.js';

/** Ten times what a sensible template nests; few enough that whatever walks the tree fits on any stack. */
const mostLevels = 100;

/** Throws TemplateError where a tree nests too deep. Walks without recursion, so that depth cannot hurt it. */
export function refuseDepth(root: NunjucksNode): void {
  const open = [{ node: root, level: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, level } = next;
    if (level > mostLevels)
      throw new TemplateError('is nested too deep', { line: node.lineno + 1, column: node.colno + 1 });
    for (const child of childrenOf(node)) open.push({ node: child, level: level + 1 });
  }
}

function childrenOf(node: NunjucksNode): readonly NunjucksNode[] {
  return Object.values(node).flat().filter(isNode);
}

function isNode(value: unknown): value is NunjucksNode {
  return typeof value === 'object' && value !== null && 'typename' in value;
}
