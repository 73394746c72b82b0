import { composeMessage } from '../message/compose-message.js';
import type { MessageType } from '../message/message-type.js';
import type { Message } from '../message/message.js';
import type { Variables } from '../message/variables.js';
import type { FlowParts } from './flow-parts.js';
import type { RequestIssue } from './request-issue.js';

/** The message as it would leave now, or every reason why there is none, by the field of a request. */
export type Preview =
  { readonly ok: true; readonly message: Message } | { readonly ok: false; readonly issues: readonly RequestIssue[] };

/** Makes a message of the published template without sending anything. Throws AppError `database_unavailable`. */
export async function previewMessage(
  parts: Pick<FlowParts, 'templates' | 'renderer'>,
  messageType: MessageType,
  language: string,
  context: Variables,
): Promise<Preview> {
  const template = await parts.templates.findPublished(messageType, language);
  if (template === undefined)
    return { ok: false, issues: [{ field: 'message_type', message: `no template is published for ${messageType}` }] };
  const composition = composeMessage(parts.renderer, template, context);
  if (composition.ok) return { ok: true, message: composition.message };
  const missing = composition.missing.map((name) => ({
    field: `context.${name}`,
    message: `is required by ${messageType}`,
  }));
  const broken = [{ field: 'context', message: `cannot be rendered: ${composition.reason}` }];
  return { ok: false, issues: missing.length > 0 ? missing : broken };
}
