import type { Template } from './template.js';

/** The rendered text for one recipient, and which version it came from. */
export interface Message {
  readonly text: string;
  readonly template: Template;
  /** What fills the provider's template, in the order of its parameters, as the text tells it; '' for what there is nothing to tell. */
  readonly parameters?: readonly string[];
}
