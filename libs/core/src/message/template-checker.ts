/** One fault of a template's source, in words for its author. `line` and `column` count from 1. */
export interface TemplateIssue {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** A variable that a template asks for, and where it does so first. */
export interface TemplateVariable {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** What can be said of a template without rendering it. */
export type TemplateCheck =
  | { readonly ok: true; readonly variables: readonly TemplateVariable[] }
  | { readonly ok: false; readonly issues: readonly TemplateIssue[] };

/** Port: reads a template's source without running it. Pure, synchronous, bounded in time; never throws. */
export interface TemplateChecker {
  check(body: string): TemplateCheck;
}
