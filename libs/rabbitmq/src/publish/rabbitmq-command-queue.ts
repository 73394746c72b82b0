import type { CommandOrder, CommandQueue } from '@earlybird/core';
import { headersOf } from '../header/headers.js';
import { queues } from '../topology/names.js';
import type { Route } from './dispatch-route.js';
import type { EnvelopePublisher } from './envelope-publisher.js';
import { jsonPublication } from './json-publication.js';

/** Commands on their way from the api to the worker. Calls resolve when the broker has confirmed; they throw as `EnvelopePublisher.publish`. */
export class RabbitmqCommandQueue implements CommandQueue {
  /** `route`: `byInternalExchange` for the api. */
  constructor(
    private readonly options: { readonly publisher: Pick<EnvelopePublisher, 'publish'>; readonly route: Route },
  ) {}

  async order({ traceparent, ...order }: CommandOrder): Promise<void> {
    const { publisher, route } = this.options;
    await publisher.publish(
      jsonPublication(route(queues.commands), {
        messageId: order.id,
        body: order,
        // Seen in the plain management UI by whoever wonders what lies here.
        headers: headersOf({ reason: order.command.kind, correlationId: order.id, traceparent }),
        at: order.at,
      }),
    );
  }
}
