import { type Template, factsOf } from '@earlybird/core';
import { type StoredTemplate } from './template.schema.js';

/** The document of a template version, with what its message type says of it today. */
export function toStoredTemplate(template: Template): StoredTemplate {
  const { messageType, language, version } = template;
  const { category, required, optional } = factsOf(messageType);
  return {
    _id: `${messageType}|${language}|${version}`,
    ...template,
    category,
    variables: { required, optional },
  };
}

/** The template version of a document. */
export function toTemplate(stored: StoredTemplate): Template {
  const { _id, category: _category, variables: _variables, yieldsTo: _yieldsTo, ...template } = stored;
  return template;
}
