import {
  createPublisher,
  type DocumentWithOutbox,
  type EventPublisher,
  type EventPublisherIdentity,
  mongoOutbox,
  outboxIndex,
  type OutboxRelay,
  type PublisherState,
  relayOutbox,
} from '@earlybird/events';
import { type Log } from '@earlybird/ops';
import { type Collection, type Db } from 'mongodb';
import { hostname } from 'node:os';
import { ConnectionLog } from './connection-log.js';
import { loggedPublisher } from './logged-publisher.js';

/** What a publishing service needs. */
export interface ServiceOutboxOptions {
  readonly identity: EventPublisherIdentity;
  /** The broker, with the service's own account. */
  readonly url: string;
  readonly db: Db;
  /** The service's collections; each document may carry events. */
  readonly collections: readonly string[];
  readonly log: Log;
}

/**
 * The outboxes of one service: its collections, its publisher under its own account, and the relay between them. A
 * business change writes its events into the same document, in the same write, and then calls `wake`.
 */
export class ServiceOutbox {
  readonly #publisher: EventPublisher;
  readonly #relay: OutboxRelay;

  private constructor(private readonly options: ServiceOutboxOptions) {
    const { identity, url, db, collections, log } = options;
    this.#publisher = createPublisher({
      url,
      source: identity.source,
      name: `storefront ${identity.service} publisher @${hostname()}`,
      onState: new ConnectionLog(log, identity.service).listener,
    });
    this.#relay = relayOutbox({
      stores: collections.map((name) => mongoOutbox(db.collection<DocumentWithOutbox>(name))),
      publisher: loggedPublisher(this.#publisher, identity.user, log),
    });
  }

  /** Makes the indexes, then connects and relays from now on. Waits for the database, not for the broker. */
  static async open(options: ServiceOutboxOptions): Promise<ServiceOutbox> {
    for (const name of options.collections) await options.db.collection(name).createIndexes([outboxIndex]);
    return new ServiceOutbox(options);
  }

  get service(): EventPublisherIdentity['service'] {
    return this.options.identity.service;
  }

  /** Whether events reach the broker now. Business changes need the database only. */
  get publishing(): PublisherState {
    return this.#publisher.state;
  }

  collection<Fields extends DocumentWithOutbox>(name: string): Collection<Fields> {
    return this.options.db.collection<Fields>(name);
  }

  /** To be called after every write that put an event into a document. */
  wake(): void {
    this.#relay.wake();
  }

  /** What is not published yet stays in the documents, for the next process. */
  async close(): Promise<void> {
    await this.#relay.close();
    await this.#publisher.close();
  }
}
