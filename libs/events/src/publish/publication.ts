import type { Options } from 'amqplib';

/** One body on its way to an exchange. Always persistent and mandatory. */
export interface Publication {
  /** '' is the default exchange: the routing key is then the name of a queue. */
  readonly exchange: string;
  readonly routingKey: string;
  readonly body: Buffer;
  /** Names what the body says, so that a second copy can be recognised. Two at once with the same id go one after the other. */
  readonly messageId: string;
  readonly contentType: string;
  /** The AMQP property `type`. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  /** From 5 on it overtakes others in its queue, two to one, on RabbitMQ 4; before, the property means nothing there. */
  readonly priority?: number;
  /** When what it says happened. */
  readonly at?: Date;
}

/** The publication's AMQP properties. `user` must be the connection's own: the broker checks it, and readers trust it. */
export const toPublishOptions = (publication: Publication, user: string): Options.Publish => ({
  persistent: true,
  mandatory: true,
  messageId: publication.messageId,
  userId: user,
  contentType: publication.contentType,
  ...(publication.headers === undefined ? {} : { headers: publication.headers }),
  ...(publication.priority === undefined ? {} : { priority: publication.priority }),
  ...(publication.type === undefined ? {} : { type: publication.type }),
  ...(publication.at === undefined ? {} : { timestamp: Math.floor(publication.at.getTime() / 1000) }),
});
