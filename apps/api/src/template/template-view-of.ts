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
    author: template.author,
    created_at: template.createdAt.toISOString(),
  };
}
