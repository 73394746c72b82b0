import { parseWithNunjucks } from './nunjucks-node.js';
import { refuseDepth } from './refuse-depth.js';
import { readStatements } from './read-statement.js';
import { TemplateError } from './template-error.js';
import type { Place, Statement } from './tree.js';

/** Room for a message of full length and its guards; little enough to be parsed in a few milliseconds. */
export const longestSource = 10_000;

/**
 * Reads a template's source into the tree that we are willing to render. Throws TemplateError with line and column for
 * whatever nunjucks cannot parse and for whatever it could but we do not offer (calls, includes, macros, `set`, …).
 */
export function parseTemplate(source: string): readonly Statement[] {
  if (source.length > longestSource)
    throw new TemplateError(`has ${source.length} characters, at most ${longestSource} are allowed`, start);
  return located(source, () => {
    const tree = parseWithNunjucks(source);
    refuseDepth(tree);
    return readStatements(tree);
  });
}

const start: Place = { line: 1, column: 1 };

function located(source: string, read: () => readonly Statement[]): readonly Statement[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof TemplateError) throw error;
    throw new TemplateError(reasonOf(error), placeOf(error) ?? endOf(source));
  }
}

/** nunjucks trips over its own null where the source ends in the middle of something, and over the stack where it nests too deep. */
function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'is nested too deep';
  if (error instanceof TypeError || !(error instanceof Error)) return 'ends in the middle of a tag or an expression';
  return error.message.replace(/^parse\w+: /, '');
}

function placeOf(error: unknown): Place | undefined {
  if (typeof error !== 'object' || error === null || !('lineno' in error) || !('colno' in error)) return undefined;
  const { lineno: line, colno: column } = error;
  return typeof line === 'number' && typeof column === 'number' ? { line, column } : undefined;
}

function endOf(source: string): Place {
  const lines = source.split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
