import { type TemplateFault } from '@earlybird/core';
import { Problem } from '../problem/problem.js';

const fields = { body: 'body', 'providerTemplate.parameters': 'provider_template.parameters' } as const;

/** Every fault of a template, in the body with line and column. */
export function templateProblem(faults: readonly TemplateFault[]): Problem {
  const issues = faults.map(({ field, message, ...place }) => ({ field: fields[field], message, ...place }));
  return new Problem('invalid_fields', 'The template would fail when it is sent.', { issues });
}
