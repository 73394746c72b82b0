import type { ConsumeMessage } from 'amqplib';

/** An envelope as the broker handed it over: nothing about it is trusted yet. */
export interface Delivery {
  /** The queue that it came from. */
  readonly queue: string;
  readonly body: Buffer;
  /** '' when it was moved by queue name: by the worker itself, or by a dead-letter target. */
  readonly exchange: string;
  readonly routingKey: string;
  /** The broker has handed it over before, or a step of ours failed half way: an unfinished step is to be repeated. */
  readonly redelivered: boolean;
  /** How often it came back unsettled: after a crash, and before RabbitMQ 4.3 after any requeue. */
  readonly deliveryCount: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly messageId?: string;
  readonly contentType?: string;
  /** The user that published it; the broker checks it against the connection. */
  readonly userId?: string;
}

/** The one place that reads amqplib's message. */
export function deliveryOf(queue: string, message: ConsumeMessage): Delivery {
  const { fields, properties, content } = message;
  const headers: Readonly<Record<string, unknown>> = properties.headers ?? {};
  const count = headers['x-delivery-count'];
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  const messageId = text(properties.messageId);
  const contentType = text(properties.contentType);
  const userId = text(properties.userId);
  return {
    queue,
    body: content,
    exchange: fields.exchange,
    routingKey: fields.routingKey,
    redelivered: fields.redelivered,
    deliveryCount: typeof count === 'number' ? count : 0,
    headers,
    ...(messageId === undefined ? {} : { messageId }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(userId === undefined ? {} : { userId }),
  };
}

/** A header of ours that holds text; undefined when it is absent or no text. */
export function textHeader(delivery: Pick<Delivery, 'headers'>, name: string): string | undefined {
  const value = delivery.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The handling that this delivery is, from 1: `x-attempt` of our own copies. A publisher's word for it does not count. */
export function handlingOf({ exchange, headers }: Delivery, attemptHeader: string): number {
  const attempt = exchange === '' ? headers[attemptHeader] : undefined;
  return typeof attempt === 'number' && Number.isInteger(attempt) && attempt > 0 ? attempt : 1;
}
