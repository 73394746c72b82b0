import { type EventPublisher, InvalidEventError, PublishError } from '@earlybird/events';
import { type Log } from '@earlybird/ops';

/** The same publisher, with a line in the log for every event that the broker took or did not take. */
export const loggedPublisher = (
  publisher: EventPublisher,
  account: string,
  log: Log,
): Pick<EventPublisher, 'publish' | 'state' | 'whenConnected'> => ({
  get state() {
    return publisher.state;
  },
  whenConnected: () => publisher.whenConnected(),
  publish: async (event) => {
    const about = {
      eventType: event.type,
      eventId: event.id,
      publisher: account,
      correlationId: event.correlationid ?? event.id,
    };
    try {
      await publisher.publish(event);
    } catch (failure) {
      log
        .child({ correlationId: about.correlationId })
        .event('event_unpublished', { ...about, reason: reasonOf(failure) });
      throw failure;
    }
    log.event('event_published', about);
  },
});

function reasonOf(failure: unknown): string {
  if (failure instanceof PublishError || failure instanceof InvalidEventError)
    return `${failure.code}: ${failure.message}`;
  return String(failure);
}
