import type { Delivery } from '../envelope/delivery.js';
import { queues, retryQueue } from '../topology/names.js';
import { defaultEventRetryDelayMs } from '../topology/topology.js';
import type { EnvelopePublisher } from './envelope-publisher.js';
import { park, retryLater, type SetAsideStory } from './set-aside.js';

/** Ten waits of a minute: what is not cured by then wants a person. */
const mostRetries = 10;

/** What the worker does with an event that it cannot accept. Calls resolve when the broker has confirmed; they throw as `EnvelopePublisher.publish`. */
export class RabbitmqEventQueue {
  /** `retryDelayMs` as in the topology; default 1 min. */
  constructor(
    private readonly options: {
      readonly publisher: Pick<EnvelopePublisher, 'publish'>;
      readonly retryDelayMs?: number;
    },
  ) {}

  /** Sets the event aside for a person, with the reason, the publisher and the original routing key in its headers. */
  park(delivery: Delivery, story: SetAsideStory): Promise<void> {
    return park(this.options.publisher, delivery, queues.eventsDead, story);
  }

  /** A transient trouble of one event, never of a server: it waits, 10 times, and is parked then. */
  retryLater(delivery: Delivery, story: SetAsideStory): Promise<'waiting' | 'parked'> {
    const { publisher, retryDelayMs: delayMs = defaultEventRetryDelayMs } = this.options;
    const route = {
      retryQueue: retryQueue(queues.events, delayMs),
      delayMs,
      mostRetries,
      deadLetterQueue: queues.eventsDead,
    };
    return retryLater(publisher, delivery, route, story);
  }
}
