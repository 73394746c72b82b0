import type { Variables } from './variables.js';
import type { Template } from './template.js';

/** The text, or why there is none: `reason` is a stable word (`missing_variable`, `template_broken`, `too_long`), `missing` names variables. */
export type Rendering =
  | { readonly ok: true; readonly text: string; readonly parameters?: readonly string[] }
  | { readonly ok: false; readonly reason: string; readonly missing: readonly string[] };

/**
 * Port: fills a template. For a template that stands for one of the provider's, it also tells each parameter of that one as the body
 * tells it (`₹2,500.00`, not 2500), in order; one that there is nothing to tell of is ''. Pure, synchronous, bounded in time and
 * length; a missing variable of the body is an error, never a hole.
 */
export interface Renderer {
  render(template: Template, variables: Variables): Rendering;
}
