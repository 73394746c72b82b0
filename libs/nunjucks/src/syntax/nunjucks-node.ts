import nunjucks from 'nunjucks';

declare module 'nunjucks' {
  /** nunjucks exports its parser; its published types do not say so. */
  export const parser: {
    parse(
      source: string,
      extensions: readonly never[],
      options: { readonly trimBlocks: boolean; readonly lstripBlocks: boolean },
    ): NunjucksNode;
  };
}

/** A node of nunjucks' syntax tree, as far as it is read here. `lineno` and `colno` count from 0. */
export interface NunjucksNode {
  readonly typename: string;
  readonly lineno: number;
  readonly colno: number;
  readonly children?: readonly NunjucksNode[];
  readonly value?: unknown;
  readonly target?: NunjucksNode;
  readonly val?: NunjucksNode;
  readonly cond?: NunjucksNode;
  readonly body?: NunjucksNode;
  readonly else_?: NunjucksNode | null;
  readonly arr?: NunjucksNode;
  readonly name?: NunjucksNode;
  readonly args?: NunjucksNode;
  readonly left?: NunjucksNode;
  readonly right?: NunjucksNode;
  readonly expr?: NunjucksNode;
  readonly ops?: readonly NunjucksNode[];
  readonly type?: string;
}

/** nunjucks' own parser. A tag that stands alone on its line leaves no line behind. Throws on a syntax error. */
export function parseWithNunjucks(source: string): NunjucksNode {
  return nunjucks.parser.parse(source, [], { trimBlocks: true, lstripBlocks: true });
}
