import { eventCatalogue, jsonSchemaOf } from '@earlybird/events';

/** `npm run events -- list`: every type, who publishes it, and its fields (`?` marks optional ones). */
export function listEvents(): void {
  for (const type of eventCatalogue.types) {
    const { user, source } = eventCatalogue.publisherOf(type);
    const fields = eventCatalogue.fieldsOf(type).map(({ name, required }) => (required ? name : `${name}?`));
    console.log(
      `${type}\n  ${String(jsonSchemaOf(type).description)}\n  by ${user} as ${source}\n  ${fields.join(', ')}\n`,
    );
  }
}
