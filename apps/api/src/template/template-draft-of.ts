import { factsOf, type MessageType, type Template, type TemplateDraft } from '@earlybird/core';
import { type TemplateBody } from './template.body.js';

const minuteMs = 60_000;

/** The draft that a body asks for; what it leaves out is as in `published`, else as usual for the type. */
export function templateDraftOf(
  messageType: MessageType,
  body: TemplateBody,
  published: Template | undefined,
  author: string,
): TemplateDraft {
  const usual = { ...factsOf(messageType), overrideQuietHours: true, ...published };
  const providerTemplate = body.provider_template ?? published?.providerTemplate;
  return {
    messageType,
    language: body.language,
    body: body.body,
    onUnknown: body.on_unknown ?? usual.onUnknown,
    quietHours: body.quiet_hours ?? usual.quietHours,
    overrideQuietHours: body.override_quiet_hours ?? usual.overrideQuietHours,
    validityMs: body.validity_minutes === undefined ? usual.validityMs : body.validity_minutes * minuteMs,
    ...(providerTemplate === undefined ? {} : { providerTemplate: { ...providerTemplate } }),
    author,
  };
}
