import { AppError, type ErrorCode } from '@earlybird/core';
import { MemoryParkedEvents, MemoryPublisherBook } from '@earlybird/testing';
import { type Delivery, type SetAsideStory } from '@earlybird/rabbitmq';
import { EventConsumer } from './event.consumer.js';

const delivery: Delivery = {
  queue: 'notifications.events',
  body: Buffer.from('{}'),
  exchange: 'domain.events',
  routingKey: 'order.created',
  redelivered: false,
  deliveryCount: 0,
  headers: {},
  userId: 'svc-order',
};

/** A consumer whose every event fails with `error`, and what it puts into the retry queue. */
function failingWith(error: Error) {
  const postponed: SetAsideStory[] = [];
  const logged: string[] = [];
  const publisherBook = new MemoryPublisherBook();
  const consumer = new EventConsumer({
    accept: async () => Promise.reject(error),
    queue: {
      retryLater: async (_: Delivery, story: SetAsideStory) => {
        postponed.push(story);
        return 'waiting';
      },
      park: async () => Promise.reject(new Error('nothing is parked here')),
    },
    parkedEvents: new MemoryParkedEvents(),
    publisherBook,
    log: { event: (name) => void logged.push(name) },
  });
  return { consumer, postponed, logged, publisherBook };
}

describe('an event that cannot be accepted now', () => {
  it.each<ErrorCode>([
    'database_unavailable',
    'broker_unavailable',
    'publish_unconfirmed',
    'publish_returned',
    'topology_missing',
    'topology_differs',
  ])('is held while waiting cures it, and uses up none of its ten tries: %s', async (code) => {
    const error = new AppError(code, 'away');
    const { consumer, postponed } = failingWith(error);
    await expect(consumer.consume(delivery)).rejects.toBe(error);
    expect(postponed).toEqual([]);
  });

  it.each<ErrorCode>(['stored_document_invalid', 'invariant_broken'])(
    'waits in the retry queue when the trouble is its own: %s',
    async (code) => {
      const { consumer, postponed, logged, publisherBook } = failingWith(new AppError(code, 'odd'));
      await consumer.consume(delivery);
      expect(postponed).toEqual([{ reason: code, detail: 'odd' }]);
      expect(logged).toEqual(['event_postponed']);
      expect(publisherBook.all()).toEqual([]);
    },
  );

  it('is refused by the transport when it meets a bug', async () => {
    const bug = new TypeError('undefined is not a function');
    const { consumer, postponed } = failingWith(bug);
    await expect(consumer.consume(delivery)).rejects.toBe(bug);
    expect(postponed).toEqual([]);
  });
});
