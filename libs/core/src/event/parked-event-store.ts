import type { ParkedEvent } from './parked-event.js';

/** Which parked events, newest first. */
export interface ParkedEventQuery {
  /** Those that wait for a person, or those that somebody replayed or purged. */
  readonly settled: boolean;
  readonly reason?: string;
  readonly publisher?: string;
  /** Only those that come behind this one. */
  readonly after?: Pick<ParkedEvent, 'parkedAt' | 'id'>;
  readonly limit: number;
}

/** Port: the record of parked events. Throws AppError `database_unavailable`. */
export interface ParkedEventStore {
  /** Once per id; parking the same envelope again renews `parkedAt` and clears `settled`. */
  record(parked: ParkedEvent): Promise<void>;
  list(query: ParkedEventQuery): Promise<readonly ParkedEvent[]>;
  /** Those of `ids` that are on record, in no order. */
  findAll(ids: readonly string[]): Promise<readonly ParkedEvent[]>;
  /**
   * Notes what a person did with it; what is purged loses its body. False when it was settled before, or has been parked
   * again since `parkedAt`: then it waits for a person once more.
   */
  settle(id: string, parkedAt: Date, settled: NonNullable<ParkedEvent['settled']>): Promise<boolean>;
}
