import { asyncApiDocument, eventCatalogue, jsonSchemaOf } from '@earlybird/events';

/** Every document that is made from the event schemas: its path from the root of the checkout, and its text. */
export const eventDocuments: Readonly<Record<string, () => string>> = {
  'docs/generated/asyncapi.json': () => toText(asyncApiDocument()),
  ...Object.fromEntries(
    eventCatalogue.types.map((type) => [`docs/generated/schemas/${type}.json`, () => toText(jsonSchemaOf(type))]),
  ),
};

const toText = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;
