import type { ParkedEvent } from './parked-event.js';

/** Port: the record of parked events. Throws AppError `database_unavailable`. */
export interface ParkedEventStore {
  /** Once per id; parking the same envelope again renews `parkedAt` and clears `settled`. */
  record(parked: ParkedEvent): Promise<void>;
}
