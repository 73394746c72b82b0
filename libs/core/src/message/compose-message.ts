import type { Message } from './message.js';
import { type MessageType, factsOf } from './message-type.js';
import type { Renderer } from './renderer.js';
import type { Template } from './template.js';
import type { Variables } from './variables.js';

/** The message, or why none can be made of these variables. */
export type Composition =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly reason: string; readonly missing: readonly string[] };

/** Fills a template with a notification's variables. Every missing required variable is named, not only the first. */
export function composeMessage(renderer: Renderer, template: Template, variables: Variables): Composition {
  const missing = missingVariables(template.messageType, variables);
  if (missing.length > 0) return { ok: false, reason: 'missing_variable', missing };
  const rendering = renderer.render(template, variables);
  if (!rendering.ok) return rendering;
  const { ok, ...told } = rendering;
  return { ok, message: { ...told, template } };
}

/** The required variables of the type that are absent, null or blank. */
export function missingVariables(messageType: MessageType, variables: Variables): readonly string[] {
  return factsOf(messageType).required.filter((name) => {
    const value = variables[name];
    return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
  });
}
