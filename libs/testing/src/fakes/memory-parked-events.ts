import type { ParkedEvent, ParkedEventQuery, ParkedEventStore } from '@earlybird/core';
import { turn } from './memory-log.js';

/** The record of parked events in memory. */
export class MemoryParkedEvents implements ParkedEventStore {
  private readonly events = new Map<string, ParkedEvent>();

  async record(parked: ParkedEvent): Promise<void> {
    await turn();
    this.events.set(parked.id, parked);
  }

  async list({ settled, reason, publisher, after, limit }: ParkedEventQuery): Promise<readonly ParkedEvent[]> {
    await turn();
    return this.all()
      .filter((event) => (event.settled !== undefined) === settled)
      .filter((event) => reason === undefined || event.reason === reason)
      .filter((event) => publisher === undefined || event.publisher === publisher)
      .sort(newestFirst)
      .filter((event) => after === undefined || newestFirst(after, event) < 0)
      .slice(0, limit);
  }

  async findAll(ids: readonly string[]): Promise<readonly ParkedEvent[]> {
    await turn();
    return this.all().filter(({ id }) => ids.includes(id));
  }

  async settle(id: string, parkedAt: Date, settled: NonNullable<ParkedEvent['settled']>): Promise<boolean> {
    await turn();
    const known = this.events.get(id);
    if (known === undefined || known.settled !== undefined || known.parkedAt.getTime() !== parkedAt.getTime())
      return false;
    this.events.set(id, { ...known, settled, ...(settled.how === 'purged' && { body: '' }) });
    return true;
  }

  all(): readonly ParkedEvent[] {
    return [...this.events.values()];
  }
}

type Place = Pick<ParkedEvent, 'parkedAt' | 'id'>;

function newestFirst(left: Place, right: Place): number {
  return right.parkedAt.getTime() - left.parkedAt.getTime() || (left.id < right.id ? 1 : left.id > right.id ? -1 : 0);
}
