import { factsOf, type Template } from '@earlybird/core';
import { type TemplateView } from './template-view.js';

const minuteMs = 60_000;

/** One version of a template, with the facts of its type. */
export function templateViewOf(template: Template): TemplateView {
  const { required, optional, category, immediate } = factsOf(template.messageType);
  return {
    message_type: template.messageType,
    language: template.language,
    version: template.version,
    state: template.state,
    body: template.body,
    required_variables: required,
    optional_variables: optional,
    category,
    immediate,
    quiet_hours: template.quietHours,
    override_quiet_hours: template.overrideQuietHours,
    on_unknown: template.onUnknown,
    validity_minutes: Math.round(template.validityMs / minuteMs),
    provider_template: template.providerTemplate,
    provider_objection: objectionView(template),
    author: template.author,
    created_at: template.createdAt.toISOString(),
  };
}

function objectionView({ objection }: Template): TemplateView['provider_objection'] {
  if (objection === undefined) return undefined;
  const { reason, at, until } = objection;
  return { reason, at: at.toISOString(), until: until?.toISOString() };
}
