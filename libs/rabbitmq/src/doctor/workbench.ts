import { AppError } from '@earlybird/core';
import { type ChannelModel, connect } from 'amqplib';
import { EnvelopePublisher } from '../publish/envelope-publisher.js';
import { lookAtQueue, type QueueLook } from '../connection/look-at-queue.js';
import { reasonOf } from '../connection/reason-of.js';
import type { MoveParts } from './move-envelopes.js';

/** Where a person works on queues by hand. */
export interface Workbench {
  /** An administrator's AMQP URL, with the vhost. */
  readonly url: string;
}

/** Undefined when the queue is not there. */
export type Look = (queue: string) => Promise<QueueLook | undefined>;

/**
 * Lends both connections for one piece of work, and closes them.
 *
 * @throws AppError `broker_unavailable`, or what the work throws.
 */
export async function withWorkbench<Result>(
  { url }: Workbench,
  work: (parts: MoveParts, look: Look) => Promise<Result>,
): Promise<Result> {
  const connection = await connect(url, { noDelay: true }).catch((cause: unknown) => {
    throw new AppError('broker_unavailable', `RabbitMQ cannot be reached: ${reasonOf(cause)}`, { cause });
  });
  connection.on('error', () => undefined);
  const publisher = new EnvelopePublisher({ url, name: 'notifications-workbench publish' });
  try {
    await publisher.whenConnected();
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    const result = await work({ channel, publisher }, (queue) => look(connection, queue));
    await channel.close();
    return result;
  } finally {
    await publisher.close();
    await connection.close().catch(() => undefined);
  }
}

/** On a channel of its own: the answer that a queue is missing closes it. */
async function look(connection: ChannelModel, queue: string): ReturnType<Look> {
  const channel = await connection.createChannel();
  channel.on('error', () => undefined);
  try {
    const seen = await lookAtQueue(channel, queue);
    await channel.close();
    return seen;
  } catch {
    return undefined;
  }
}
