import type { Place } from './tree.js';

/** Why a template's source is refused, and where. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  constructor(
    message: string,
    readonly place: Place,
  ) {
    super(message);
  }
}
