import {
  type Acceptance,
  type acceptEvent,
  AppError,
  type EventEnvelope,
  parkedEventId,
  type ParkedEventStore,
  type PublisherBook,
  type PublisherResult,
} from '@earlybird/core';
import {
  decodeEventEnvelope,
  type Delivery,
  FromQueue,
  queues,
  type RabbitmqEventQueue,
  waitingCures,
} from '@earlybird/rabbitmq';
import { type Log } from '@earlybird/ops';
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { transports } from './transports.js';

/** What consuming events stands on. */
export abstract class EventConsumerParts {
  abstract readonly accept: ReturnType<typeof acceptEvent>;
  abstract readonly queue: Pick<RabbitmqEventQueue, 'park' | 'retryLater'>;
  abstract readonly parkedEvents: ParkedEventStore;
  abstract readonly publisherBook: PublisherBook;
  abstract readonly log: Pick<Log, 'event'>;
}

/** An event that old was held up on its way: its publisher's outbox or the broker was away. */
const lateMs = 3_600_000;

/** Events from `notifications.events`: accepted, or set aside with the reason. The envelope is acked when it returns. */
@Controller()
export class EventConsumer {
  constructor(@Inject(EventConsumerParts) private readonly parts: EventConsumerParts) {}

  @FromQueue(queues.events, transports.events)
  async consume(@Payload() delivery: Delivery): Promise<void> {
    const envelope = decodeEventEnvelope(delivery);
    try {
      const acceptance = await this.parts.accept(envelope);
      if (acceptance.kind === 'parked') await this.park(delivery, envelope, acceptance);
      this.count(envelope, acceptance);
    } catch (error) {
      // What waiting cures is held by the transport, until it is cured; a bug is refused by it.
      if (!(error instanceof AppError) || waitingCures(error)) throw error;
      await this.retryLater(delivery, error);
    }
  }

  private async park(
    delivery: Delivery,
    envelope: EventEnvelope,
    acceptance: Extract<Acceptance, { kind: 'parked' }>,
  ): Promise<void> {
    const { reason, detail, eventId } = acceptance;
    const { publisher = 'unknown', routingKey, correlationId, contentType } = envelope;
    await this.parts.parkedEvents.record({
      id: parkedEventId(delivery.body, routingKey, publisher),
      reason,
      detail,
      publisher,
      routingKey,
      ...(eventId === undefined ? {} : { eventId }),
      ...(correlationId === undefined ? {} : { correlationId }),
      ...(contentType === undefined ? {} : { contentType }),
      body: delivery.body.toString('base64'),
      parkedAt: new Date(),
    });
    await this.parts.queue.park(delivery, { reason, detail });
  }

  /** A trouble with this one event that is none of its publisher's making: it waits, 10 times, and is parked then. */
  private async retryLater(delivery: Delivery, error: AppError): Promise<void> {
    const { queue } = delivery;
    await this.parts.queue.retryLater(delivery, { reason: error.code, detail: error.message });
    this.parts.log.event('event_postponed', { queue, reason: error.code, attempt: 1, error });
  }

  private count(envelope: EventEnvelope, acceptance: Acceptance): void {
    const now = new Date();
    const [eventType, result] =
      acceptance.kind === 'parked'
        ? [envelope.routingKey, acceptance.reason]
        : [acceptance.event.type, resultOf(acceptance, now)];
    this.parts.publisherBook.count(envelope.publisher ?? 'unknown', eventType, result, now);
  }
}

function resultOf({ created, event }: Extract<Acceptance, { kind: 'accepted' }>, now: Date): PublisherResult {
  if (created === 0) return 'duplicate';
  return now.getTime() - Date.parse(event.time) > lateMs ? 'late' : 'accepted';
}
