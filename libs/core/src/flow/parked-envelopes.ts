import type { ParkedEvent } from '../event/parked-event.js';

/** Port: event envelopes in their dead-letter queue. Calls resolve when the broker has confirmed; they throw AppError of a lost server. */
export interface ParkedEnvelopes {
  /** Takes the envelopes with these ids out of the dead-letter queue for good, every copy; answers how many. All others stay. */
  drop(ids: ReadonlySet<string>): Promise<number>;
  /** Puts an event back into the events' queue, as its publisher sent it. Twice does no harm: an event is accepted once. */
  putBack(parked: ParkedEvent): Promise<void>;
}
