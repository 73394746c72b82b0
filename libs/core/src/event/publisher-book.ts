import type { ParkReason } from './parse-event.js';

/** What became of one event, for the team that published it. */
export type PublisherResult = 'accepted' | 'duplicate' | 'late' | ParkReason;

/** Port: daily counts per publisher. Counting is grouped and may lose the last second at a crash; it never holds up an event. */
export interface PublisherBook {
  count(publisher: string, eventType: string, result: PublisherResult, at: Date): void;
}
