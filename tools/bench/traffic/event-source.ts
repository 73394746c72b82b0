import { type DomainEvent } from '@earlybird/events';
import { type RunningSystem } from '@earlybird/testing';
import { connect } from 'amqplib';

/** Publishes events as the order service does, without the checks that cost the cores that are measured. */
export interface EventSource {
  /** Resolves when the broker has confirmed. */
  readonly publish: (event: DomainEvent) => Promise<void>;
  readonly close: () => Promise<void>;
}

const account = 'svc-order';

/** A connection of its own to `domain.events`. */
export async function openEventSource({ accounts }: RunningSystem): Promise<EventSource> {
  const connection = await connect(accounts.url(account), { noDelay: true });
  const channel = await connection.createConfirmChannel();
  const contentType = 'application/cloudevents+json';
  const options = { persistent: true, mandatory: true, contentType, userId: accounts.user(account) };
  return {
    publish: (event) =>
      new Promise((resolve, reject) => {
        const body = Buffer.from(JSON.stringify(event));
        const message = { ...options, messageId: event.id };
        channel.publish('domain.events', event.type, body, message, (error) =>
          error ? reject(error as Error) : resolve(),
        );
      }),
    close: () => connection.close(),
  };
}
