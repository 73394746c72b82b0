import type { AuditLog } from '../audit/audit-log.js';
import type { Clock } from '../kernel/clock.js';
import { type TemplateFault, checkTemplate } from '../message/check-template.js';
import type { MessageType } from '../message/message-type.js';
import type { Renderer } from '../message/renderer.js';
import type { TemplateChecker } from '../message/template-checker.js';
import type { TemplateDraft, TemplateLibrary, TemplateVersion } from '../message/template-store.js';
import { type Template, templateHeld } from '../message/template.js';
import type { NotificationDesk } from '../notification/notification-desk.js';

interface Parts {
  readonly templates: TemplateLibrary;
  readonly checker: TemplateChecker;
  readonly renderer: Renderer;
  /** Lets go on what waits because its template was held. */
  readonly desk: Pick<NotificationDesk, 'wake'>;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

export type TemplateSaving =
  | { readonly kind: 'saved'; readonly template: Template }
  /** Nothing was stored. */
  | { readonly kind: 'invalid'; readonly faults: readonly TemplateFault[] };

export type TemplatePublishing = TemplateSaving | { readonly kind: 'not_found' };

/** Checks a draft, stores it as the next version of its type and language, and publishes it if that is wished. */
export function saveTemplate(parts: Parts): (draft: TemplateDraft, publish: boolean) => Promise<TemplateSaving> {
  return async (draft, publish) => {
    const faults = checkTemplate(parts, draft);
    if (faults.length > 0) return { kind: 'invalid', faults };
    const saved = await parts.templates.save(draft, parts.clock.now());
    await record(parts, 'template_saved', saved, draft.author);
    if (!publish) return { kind: 'saved', template: saved };
    const published = await publishVersion(parts, saved, draft.author);
    return { kind: 'saved', template: published ?? saved };
  };
}

/**
 * Publishes a version that is stored already, an older one too; the one that is published, to lift a hold of the provider. It
 * is checked again: what templates may say can have changed.
 */
export function publishTemplate(
  parts: Parts,
): (messageType: MessageType, language: string, version: number, by: string) => Promise<TemplatePublishing> {
  return async (messageType, language, version, by) => {
    const versions = await parts.templates.findVersions(messageType);
    const wanted = versions.find((one) => one.language === language && one.version === version);
    if (wanted === undefined) return { kind: 'not_found' };
    const faults = checkTemplate(parts, wanted);
    if (faults.length > 0) return { kind: 'invalid', faults };
    const published = await publishVersion(parts, wanted, by);
    return published === undefined ? { kind: 'not_found' } : { kind: 'saved', template: published };
  };
}

async function publishVersion(
  parts: Parts,
  { messageType, language, version }: TemplateVersion,
  by: string,
): Promise<Template | undefined> {
  const published = await parts.templates.publish(messageType, language, version);
  if (published === undefined) return undefined;
  await parts.desk.wake(messageType, templateHeld, parts.clock.now());
  await record(parts, 'template_published', published, by);
  return published;
}

async function record(
  { audit, clock }: Parts,
  action: 'template_saved' | 'template_published',
  { messageType, language, version }: Template,
  by: string,
): Promise<void> {
  await audit.record({ at: clock.now(), by, action, subject: `${messageType}/${language}/${version}` });
}
