import type { Variables } from './variables.js';
import type { Template } from './template.js';

/** The text, or why there is none: `reason` is a stable word (`missing_variable`, `template_broken`, `too_long`), `missing` names variables. */
export type Rendering =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string; readonly missing: readonly string[] };

/** Port: fills a template. Pure, synchronous, bounded in time and length; a missing variable is an error, never a hole. */
export interface Renderer {
  render(template: Template, variables: Variables): Rendering;
}
