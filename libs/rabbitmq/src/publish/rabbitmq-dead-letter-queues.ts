import type { DeadLetter, DeadLetterQueues, Fate } from '@earlybird/core';
import { type QueueWalker, walkQueue } from '../consume/walk-queue.js';
import { deadLetterOf } from '../envelope/dead-letter-of.js';
import { deathOf } from '../envelope/death-of.js';
import type { Delivery } from '../envelope/delivery.js';
import { type Headers, headers, headersOf } from '../header/headers.js';
import { headersOfParked } from '../header/headers-of-parked.js';
import { queues } from '../topology/names.js';
import type { EnvelopePublisher } from './envelope-publisher.js';
import { putBack } from './set-aside.js';

/** What the dead-letter queues stand on. */
export interface RabbitmqDeadLetterQueuesOptions extends QueueWalker {
  readonly publisher: Pick<EnvelopePublisher, 'publish'>;
}

/** Looked at in one walk, per queue: a second's work. What is behind comes to the front, because all else goes to the end. */
const mostPerWalk = 2_000;

/**
 * The dead-letter queues of events, dispatch and receipts, walked through one after the other. What stays is copied behind the
 * others and acked: our copies carry no `x-death`, so what the broker set aside is told from it once (broker.md).
 */
export class RabbitmqDeadLetterQueues implements DeadLetterQueues {
  constructor(private readonly options: RabbitmqDeadLetterQueuesOptions) {}

  async walk(judge: (letters: readonly DeadLetter[]) => Promise<readonly Fate[]>): Promise<number> {
    let looked = 0;
    for (const queue of [queues.dispatchDead, queues.eventsDead, queues.receiptsDead])
      looked += await this.walkOne(queue, judge);
    return looked;
  }

  private walkOne(queue: string, judge: (letters: readonly DeadLetter[]) => Promise<readonly Fate[]>): Promise<number> {
    const { publisher, ...walk } = this.options;
    return walkQueue({
      ...walk,
      queue,
      most: mostPerWalk,
      work: async (batch) => {
        const letters = batch.map(deadLetterOf);
        const fates = await judge(letters);
        const kept = batch.map(async (delivery, index) => {
          const [letter, fate] = [letters[index], fates[index]];
          if (fate === 'drop' || letter === undefined) return;
          await putBack(
            publisher,
            delivery,
            fate === undefined || fate === 'keep' ? {} : story(delivery, letter, fate),
          );
        });
        await Promise.all(kept);
      },
    });
  }
}

/** What a person reads in the management UI. */
function story(delivery: Delivery, letter: DeadLetter, { reason }: Exclude<Fate, string>): Headers {
  if (letter.kind === 'event') return headersOfParked(letter.parked);
  const notificationId = letter.kind === 'dispatch' ? letter.notificationId : undefined;
  const attempt = letter.kind === 'dispatch' ? letter.attempt : undefined;
  const failedBefore = delivery.headers[headers.firstFailedAt.name] !== undefined;
  return headersOf({
    reason,
    detail: `RabbitMQ gave it up in ${letter.queue}: it came back more often than its limit allows`,
    notificationId,
    attempt,
    originalRoutingKey: deathOf(delivery)?.queue,
    firstFailedAt: failedBefore ? undefined : new Date(),
  });
}
