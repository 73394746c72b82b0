import { type Template, factsOf } from '@earlybird/core';
import { testStart } from './instant.js';

/** A published English order confirmation, version 1, with the facts of its message type; `parts` replace whole fields. */
export function aTemplate(parts: Partial<Template> = {}): Template {
  const messageType = parts.messageType ?? 'order_confirmation';
  const { onUnknown, quietHours, validityMs } = factsOf(messageType);
  return {
    messageType,
    language: 'en',
    version: 1,
    state: 'published',
    body: `${messageType} for {{ customer_name }}`,
    onUnknown,
    quietHours,
    validityMs,
    overrideQuietHours: true,
    author: 'seed',
    createdAt: testStart,
    ...parts,
  };
}
