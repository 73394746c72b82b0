import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel } from 'amqplib';

/** What the broker says of a queue at this moment; the figures of the management API lag behind by seconds. */
export interface QueueLook {
  /** How many envelopes nobody holds. */
  readonly ready: number;
  /** How many consumers are attached, dead ones among them. */
  readonly consumers: number;
}

const looks = 3;
const betweenLooksMs = 100;

/**
 * Asks by a passive declare. RabbitMQ gives the leader of a quorum queue 250 ms; when it does not answer in time (a busy
 * machine, an election) the broker says 0 and 0, as it does of a queue at rest. So 0 and 0 is believed only the third time.
 * Before anything is deleted ask `holdsNothing`.
 *
 * @throws what amqplib throws; a queue that is missing closes the channel.
 */
export async function lookAtQueue(channel: Pick<Channel, 'checkQueue'>, queue: string): Promise<QueueLook> {
  for (let look = 1; ; look += 1) {
    const { messageCount: ready, consumerCount: consumers } = await channel.checkQueue(queue);
    if (ready > 0 || consumers > 0 || look === looks) return { ready, consumers };
    await sleep(betweenLooksMs);
  }
}

/**
 * True when no envelope is ready, by the word of the queue's leader: a get is answered by nobody else. The one that it finds
 * goes back, which counts towards its delivery limit.
 *
 * @throws what amqplib throws, also when the leader does not answer.
 */
export async function holdsNothing(channel: Pick<Channel, 'get' | 'nack'>, queue: string): Promise<boolean> {
  const found = await channel.get(queue);
  if (found !== false) channel.nack(found, false, true);
  return found === false;
}
