import { randomUUID } from 'node:crypto';
import {
  createPublisher,
  type DomainEvent,
  eventCatalogue,
  type EventCustomer,
  InvalidEventError,
  PublishError,
  sampleEvent,
} from '@earlybird/events';
import { PlainError } from '../plain-error.js';

/** Long enough for a broker that is starting, short enough for a person who waits. */
const CONNECT_LIMIT_MS = 10_000;

/** What to publish, and where to. */
export interface SampleRequest {
  readonly type: string;
  /** AMQP URL with the account that publishes. */
  readonly url: string;
  readonly customer: Partial<EventCustomer>;
  /** Default: a random one. Given twice, the second event is a duplicate of the first. */
  readonly id?: string | undefined;
}

/**
 * `npm run events -- publish TYPE`: publishes one sample event and waits for the broker's confirm.
 *
 * @throws PlainError that says what was wrong and what to do.
 */
export async function publishSample(request: SampleRequest): Promise<DomainEvent> {
  const event = toEvent(request);
  let cause: unknown;
  const giveUp = new AbortController();
  const publisher = createPublisher({
    url: request.url,
    source: event.source,
    name: 'npm run events',
    onState: (_state, reason) => {
      cause = reason;
      // Wrong credentials do not mend themselves.
      if (/ACCESS.REFUSED/.test(messageOf(reason))) giveUp.abort();
    },
  });
  setTimeout(() => giveUp.abort(), CONNECT_LIMIT_MS).unref();
  try {
    const inVain = new Promise<boolean>((resolve) => giveUp.signal.addEventListener('abort', () => resolve(false)));
    if (!(await Promise.race([publisher.whenConnected(), inVain]))) {
      throw new PlainError(
        `No broker at ${new URL(request.url).host}: ${messageOf(cause)}. Give another one with --url.`,
      );
    }
    await publisher.publish(event);
    return event;
  } catch (failure) {
    if (failure instanceof PublishError) throw new PlainError(`Not published (${failure.code}): ${failure.message}`);
    throw failure;
  } finally {
    await publisher.close();
  }
}

function toEvent({ type, customer, id = randomUUID() }: SampleRequest): DomainEvent {
  if (!eventCatalogue.has(type)) {
    throw new PlainError(`There is no event type ${type}. There are: ${eventCatalogue.types.join(', ')}.`);
  }
  try {
    return sampleEvent(type, { id, time: new Date(), customer });
  } catch (failure) {
    if (failure instanceof InvalidEventError) throw new PlainError(failure.message);
    throw failure;
  }
}

const messageOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message || ('code' in cause ? String(cause.code) : cause.name) : 'no answer';
