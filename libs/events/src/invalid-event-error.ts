import type { EventIssue } from './event-validation.js';

/** The value is no valid event of its type. `issues` names every wrong field. Sending it again cannot help. */
export class InvalidEventError extends Error {
  readonly code = 'invalid_event';

  constructor(
    type: string,
    readonly issues: readonly EventIssue[],
  ) {
    super(
      `Not a valid ${type} event: ${issues.map(({ path, message }) => `${path || 'event'} ${message}`).join('; ')}.`,
    );
    this.name = 'InvalidEventError';
  }
}
