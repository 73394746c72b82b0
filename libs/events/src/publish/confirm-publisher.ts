import { type ConfirmChannel, IllegalOperationError, type Message } from 'amqplib';
import { BrokerLink, type BrokerLinkOptions } from './broker-link.js';
import { ConnectionState, type PublisherState, type StateListener } from './connection-state.js';
import { failureOf } from './failure-of.js';
import { InFlight } from './in-flight.js';
import { type Publication, toPublishOptions } from './publication.js';
import { PublishError } from './publish-error.js';
import { Turns } from './turns.js';
import { within } from './waiting.js';

/** How to publish. */
export interface ConfirmPublisherOptions extends BrokerLinkOptions {
  /** How long a publication may wait for its turn and its confirm. Default 10 s: longer than the election of a new leader. */
  readonly confirmTimeoutMs?: number;
  /** How many confirms may be outstanding. Default 500: close to the best throughput, at half a megabyte (broker.md). */
  readonly maxOutstanding?: number;
  readonly onState?: StateListener;
}

/**
 * Publishes bodies, and knows of each whether the broker has it. Keeps its connection by itself; keeps no publication:
 * without a connection it rejects at once, and what waits is a promise that the caller holds. Publications reach the
 * broker in the order of the calls.
 */
export class ConfirmPublisher {
  readonly #confirmTimeoutMs: number;
  readonly #turns: Turns;
  readonly #inFlight = new InFlight();
  readonly #user: string;
  readonly #state: ConnectionState;
  readonly #link: BrokerLink;
  #channel: ConfirmChannel | undefined;
  #channelError: { readonly cause: unknown; readonly alone: boolean } | undefined;

  constructor(options: ConfirmPublisherOptions) {
    this.#confirmTimeoutMs = options.confirmTimeoutMs ?? 10_000;
    this.#turns = new Turns(options.maxOutstanding ?? 500);
    this.#user = decodeURIComponent(new URL(options.url).username) || 'guest';
    this.#state = new ConnectionState(options.onState);
    this.#link = new BrokerLink(options, {
      opened: (channel) => this.#use(channel),
      lost: (cause) => this.#lose(cause),
      blocked: (reason) => this.#state.enter(reason === undefined ? 'connected' : 'blocked', reason),
    });
  }

  /** Where things stand now. */
  get state(): PublisherState {
    return this.#state.current;
  }

  /** How many publications the broker has not answered yet. */
  get outstanding(): number {
    return this.#inFlight.size;
  }

  /** Resolves `true` as soon as publications can be sent, `false` when the publisher is closed instead. */
  whenConnected(): Promise<boolean> {
    return this.#state.whenConnected();
  }

  /**
   * Resolves when the broker has taken responsibility for the body (in a quorum queue: a majority has it on disk).
   *
   * @throws PublishError; only after `unconfirmed` may the body have arrived.
   */
  publish(publication: Publication): Promise<void> {
    const { messageId } = publication;
    const progress = { sent: false, abandoned: false };
    return within(this.#confirmTimeoutMs, this.#send(publication, progress), () => {
      progress.abandoned = true;
      return progress.sent
        ? new PublishError('unconfirmed', `No confirm for ${messageId} in ${this.#confirmTimeoutMs} ms.`)
        : new PublishError('saturated', `No turn for ${messageId} in ${this.#confirmTimeoutMs} ms.`);
    });
  }

  /** Takes nothing new, waits for what is outstanding (at most the confirm timeout), and closes the connection. */
  async close(): Promise<void> {
    this.#state.enter('closed');
    this.#turns.sendAway();
    await within(this.#confirmTimeoutMs, this.#inFlight.allLanded()).catch(() => undefined);
    await this.#link.close();
  }

  async #send(publication: Publication, progress: { sent: boolean; abandoned: boolean }): Promise<void> {
    this.#openChannel();
    if (!(await this.#turns.take(this.#confirmTimeoutMs))) {
      this.#openChannel();
      throw new PublishError('saturated', `No turn for ${publication.messageId} in ${this.#confirmTimeoutMs} ms.`);
    }
    try {
      // No await between the last look and the start, or two copies would start at once.
      while (this.#inFlight.find(publication.messageId) !== undefined)
        await this.#inFlight.landed(publication.messageId);
      if (progress.abandoned) return;
      const channel = this.#openChannel();
      progress.sent = true;
      await this.#sendOn(channel, publication);
    } finally {
      this.#turns.giveBack();
    }
  }

  #sendOn(channel: ConfirmChannel, publication: Publication): Promise<void> {
    const { exchange, routingKey, body, messageId } = publication;
    const flight = this.#inFlight.start(messageId);
    return new Promise<void>((resolve, reject) => {
      channel.publish(exchange, routingKey, body, toPublishOptions(publication, this.#user), (refusal: unknown) => {
        const failure = failureOf(publication, {
          returned: flight.returned,
          refusal,
          channelError: this.#channelError,
        });
        if (failure === undefined) resolve();
        else reject(failure);
      });
    })
      .catch((cause: unknown) => {
        if (cause instanceof PublishError) throw cause;
        if (cause instanceof IllegalOperationError)
          throw new PublishError('not_connected', 'The channel is closing.', { cause });
        throw new PublishError('unencodable', `${messageId} does not fit into AMQP frames.`, { cause });
      })
      .finally(() => flight.land());
  }

  #use(channel: ConfirmChannel): void {
    this.#channel = channel;
    this.#channelError = undefined;
    channel.on('error', (cause) => (this.#channelError = { cause, alone: this.#inFlight.size === 1 }));
    channel.on('return', ({ properties, fields }: Message) => {
      const flight = this.#inFlight.find(String(properties.messageId));
      if (flight !== undefined) flight.returned = 'replyText' in fields ? String(fields.replyText) : 'returned';
    });
    this.#state.enter('connected');
  }

  #lose(cause: unknown): void {
    this.#channel = undefined;
    this.#state.enter('connecting', cause);
    this.#turns.sendAway();
  }

  #openChannel(): ConfirmChannel {
    if (this.state === 'closed') throw new PublishError('closed', 'The publisher is closed.');
    if (this.state === 'blocked') throw new PublishError('blocked', 'The broker takes no publications now.');
    if (this.#channel === undefined) throw new PublishError('not_connected', 'There is no connection to the broker.');
    return this.#channel;
  }
}
