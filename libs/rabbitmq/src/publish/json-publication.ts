import type { Publication } from '@earlybird/events';

/** Ours are JSON; events keep the type that they came with. */
const jsonType = 'application/json';

/** A body of ours as a publication. */
export function jsonPublication(
  route: Pick<Publication, 'exchange' | 'routingKey'>,
  envelope: Pick<Publication, 'messageId' | 'headers' | 'priority'> & { readonly body: unknown; readonly at: Date },
): Publication {
  return { ...envelope, ...route, body: Buffer.from(JSON.stringify(envelope.body)), contentType: jsonType };
}
