import { createPublisher, type DomainEvent, type EventPublisher, eventPublishers } from '@earlybird/events';
import type { BrokerAccounts } from './broker-accounts.js';

/** Publishes as the four services do: each with its own account, by the package that other teams install. */
export class SystemPublishers {
  private readonly open = new Map<string, EventPublisher>();

  constructor(private readonly accounts: BrokerAccounts) {}

  /** Resolves when the broker has confirmed. Waits for a connection first, however long that takes. */
  async publish(event: DomainEvent): Promise<void> {
    const publisher = this.publisherOf(event.source);
    await publisher.whenConnected();
    await publisher.publish(event);
  }

  async close(): Promise<void> {
    await Promise.all([...this.open.values()].map((publisher) => publisher.close()));
  }

  private publisherOf(source: string): EventPublisher {
    const known = this.open.get(source);
    if (known !== undefined) return known;
    const identity = eventPublishers.find((publisher) => publisher.source === source);
    if (identity === undefined) throw new Error(`nobody publishes as ${source}`);
    const publisher = createPublisher({
      url: this.accounts.url(identity.user),
      source,
      name: `test publisher of ${source}`,
    });
    this.open.set(source, publisher);
    return publisher;
  }
}
