import type { TemplateObjection } from '../message/template.js';
import type { TemplateVersion } from '../message/template-store.js';
import type { Notification } from '../notification/notification.js';
import type { FailureMeaning } from '../receipt/failure-meaning.js';
import type { FlowParts } from './flow-parts.js';

type Parts = Pick<FlowParts, 'templates' | 'clock' | 'reporter'>;

/**
 * Records what the provider says against the template of a message, and reports it once. Nothing when another version has been
 * published since, or when a hold would be over already. Throws AppError `database_unavailable`.
 */
export async function objectToTemplate(
  parts: Parts,
  { messageType, language, templateVersion }: Notification,
  meaning: FailureMeaning,
  at: Date,
): Promise<void> {
  const template = await parts.templates.findPublished(messageType, language);
  if (template === undefined || template.version !== templateVersion) return;
  const objection = objectionOf(meaning, at);
  if (objection.until !== undefined && objection.until <= parts.clock.now()) return;
  if (await parts.templates.object(template, objection)) report(parts, template, objection);
}

function objectionOf({ reason, consequence, retryAfterMs = 0 }: FailureMeaning, at: Date): TemplateObjection {
  return consequence === 'hold_template'
    ? { reason, at, until: new Date(at.getTime() + retryAfterMs) }
    : { reason, at };
}

function report(
  { reporter, clock }: Parts,
  { messageType, language, version }: TemplateVersion,
  { reason, until }: TemplateObjection,
): void {
  const template = `${messageType}/${language}/${version}`;
  if (until === undefined) return reporter.report({ kind: 'template_disabled', messageType, template, reason });
  const waitMs = until.getTime() - clock.now().getTime();
  reporter.report({ kind: 'template_held', messageType, template, reason, waitMs });
}
