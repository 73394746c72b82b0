import { readFileSync } from 'node:fs';
import { factsOf, type MessageType, messageTypeNames, type Template } from '@earlybird/core';

/** A first version of a template; the store adds when. */
export type SeedTemplate = Omit<Template, 'createdAt'>;

/** The languages in which every message type is seeded. */
export const seededLanguages = ['en', 'hi'] as const;

/**
 * Version 1, published, of every message type in every seeded language: the files of `templates/`, with the type's own
 * facts. Reads the files at each call; throws when one is missing.
 */
export function seedTemplates(): readonly SeedTemplate[] {
  return messageTypeNames.flatMap((messageType) => seededLanguages.map((language) => seed(messageType, language)));
}

function seed(messageType: MessageType, language: string): SeedTemplate {
  const { onUnknown, quietHours, validityMs } = factsOf(messageType);
  return {
    messageType,
    language,
    version: 1,
    state: 'published',
    body: readFileSync(new URL(`./templates/${messageType}.${language}.njk`, import.meta.url), 'utf8'),
    onUnknown,
    quietHours,
    validityMs,
    overrideQuietHours: true,
    author: 'seed',
  };
}
