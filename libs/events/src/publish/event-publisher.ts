import type { DomainEvent } from '../domain-event.js';
import { ConfirmPublisher, type ConfirmPublisherOptions } from './confirm-publisher.js';
import type { PublisherState } from './connection-state.js';
import { demandOwnEvent, demandOwnSource } from './own-event.js';

/** CloudEvents 1.0, structured mode. */
const CONTENT_TYPE = 'application/cloudevents+json';

/** Who publishes, and where to. */
export interface EventPublisherOptions extends ConfirmPublisherOptions {
  /** The `source` of this service's events: `/services/orders` … Events of another source are refused here. */
  readonly source: string;
  /** Default `domain.events`. */
  readonly exchange?: string;
}

/** Publishes the events of one service. */
export interface EventPublisher {
  readonly state: PublisherState;
  /** Resolves `true` as soon as events can be sent, `false` when the publisher is closed instead. */
  whenConnected(): Promise<boolean>;
  /**
   * Resolves when the broker has confirmed that it keeps the event. Nothing is kept in this process: whoever must not lose the event keeps it (see
   * `relayOutbox`) and publishes it again, with the same id, until this resolves.
   *
   * @throws InvalidEventError before sending: it does not fit its schema.
   * @throws PublishError; only after the code `unconfirmed` may the event have arrived.
   */
  publish(event: DomainEvent): Promise<void>;
  /** Waits for outstanding confirms, then closes the connection. */
  close(): Promise<void>;
}

/**
 * A publisher for one service, connecting and reconnecting by itself from now on.
 *
 * @throws Error when the source is nobody's, or belongs to another of the platform's accounts than the one in the URL.
 */
export function createPublisher({
  source,
  exchange = 'domain.events',
  ...options
}: EventPublisherOptions): EventPublisher {
  demandOwnSource(source, decodeURIComponent(new URL(options.url).username));
  const publisher = new ConfirmPublisher(options);
  return {
    get state() {
      return publisher.state;
    },
    whenConnected: () => publisher.whenConnected(),
    close: () => publisher.close(),
    publish: async (event) => {
      const own = demandOwnEvent(event, source);
      await publisher.publish({
        exchange,
        routingKey: own.type,
        body: Buffer.from(JSON.stringify(own)),
        messageId: own.id,
        contentType: CONTENT_TYPE,
        type: own.type,
        at: new Date(own.time),
        headers: {
          ...(own.traceparent === undefined ? {} : { traceparent: own.traceparent }),
          ...(own.correlationid === undefined ? {} : { 'x-correlation-id': own.correlationid }),
        },
      });
    },
  };
}
