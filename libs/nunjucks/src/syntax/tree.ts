import type { FilterName } from '../filter/filters.js';

/** Where something stands in a template's source; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What has a value. This is all of nunjucks' language that a template of ours may use; everything else is refused. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'variable'; readonly name: string; readonly place: Place }
  /** `item.name`, `items[0]`: own properties only. */
  | { readonly kind: 'member'; readonly of: Expression; readonly key: string | number }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | {
      readonly kind: 'filter';
      readonly name: FilterName;
      readonly input: Expression;
      readonly args: readonly Expression[];
    }
  /** `a if b else c` */
  | {
      readonly kind: 'choice';
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise?: Expression;
    }
  | { readonly kind: 'or' | 'and'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not' | 'defined'; readonly of: Expression }
  | {
      readonly kind: 'compare';
      readonly operator: CompareOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  /** `a in b` */
  | { readonly kind: 'contained'; readonly item: Expression; readonly list: Expression }
  /** `a ~ b` */
  | { readonly kind: 'joined'; readonly left: Expression; readonly right: Expression };

/** What a template is made of. */
export type Statement =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly of: Expression }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly then: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  /** Over a list; inside it, `loop` has `index` (from 1), `first`, `last` and `length`. Loops do not nest. */
  | {
      readonly kind: 'for';
      readonly item: string;
      readonly list: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    };

/** How two values are compared. */
export const compareOperators = ['==', '===', '!=', '!==', '<', '>', '<=', '>='] as const;
export type CompareOperator = (typeof compareOperators)[number];
