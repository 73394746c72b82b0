import type { Template } from './template.js';

/** The rendered text for one recipient, and which version it came from. */
export interface Message {
  readonly text: string;
  readonly template: Template;
}
