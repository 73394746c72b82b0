import type { Channel, GetMessage } from 'amqplib';
import { lookAtQueue } from '../connection/look-at-queue.js';
import { type Delivery, deliveryOf } from '../envelope/delivery.js';
import type { EnvelopePublisher } from '../publish/envelope-publisher.js';
import { movedCopy } from './moved-copy.js';

/** What moving stands on. */
export interface MoveParts {
  readonly channel: Channel;
  readonly publisher: Pick<EnvelopePublisher, 'publish'>;
}

/** What was moved, and what stayed because nobody wanted it there. */
export interface Moved {
  readonly moved: number;
  readonly left: readonly Delivery[];
}

/** As many acks as a quorum queue keeps at a clean close of the channel (broker.md). */
const batch = 32;

/**
 * Moves what lies in a queue into others: copy, confirm, ack. A crash in between leaves a copy in both, never none. Takes no
 * more than lay there at the start; what `to` gives no queue for goes back.
 */
export async function moveEnvelopes(
  { channel, publisher }: MoveParts,
  from: string,
  to: (delivery: Delivery) => string | undefined,
): Promise<Moved> {
  const { ready } = await lookAtQueue(channel, from);
  const left: { readonly delivery: Delivery; readonly message: GetMessage }[] = [];
  let moved = 0;
  while (moved + left.length < ready) {
    const messages = await take(channel, from, Math.min(batch, ready - moved - left.length));
    if (messages.length === 0) break;
    await Promise.all(
      messages.map(async (message) => {
        // A message that was asked for has every field of one that was handed over but the consumer's tag.
        const delivery = deliveryOf(from, { ...message, fields: { ...message.fields, consumerTag: '' } });
        const target = to(delivery);
        if (target === undefined) return void left.push({ delivery, message });
        await publisher.publish(movedCopy(delivery, target));
        channel.ack(message);
        moved += 1;
      }),
    );
  }
  for (const { message } of left) channel.nack(message, false, true);
  // A question behind the acks: when it is answered, they have arrived.
  await channel.checkQueue(from);
  return { moved, left: left.map(({ delivery }) => delivery) };
}

async function take(channel: Channel, queue: string, count: number): Promise<readonly GetMessage[]> {
  const answers = await Promise.all(Array.from({ length: count }, () => channel.get(queue)));
  return answers.filter((answer) => answer !== false);
}
