import type { ParkedEvent, ParkedEventStore } from '@earlybird/core';
import { turn } from './memory-log.js';

/** The record of parked events in memory. */
export class MemoryParkedEvents implements ParkedEventStore {
  private readonly events = new Map<string, ParkedEvent>();

  async record(parked: ParkedEvent): Promise<void> {
    await turn();
    this.events.set(parked.id, parked);
  }

  all(): readonly ParkedEvent[] {
    return [...this.events.values()];
  }

  /** What an admin's replay or purge would leave behind. */
  settle(id: string, settled: NonNullable<ParkedEvent['settled']>): void {
    const known = this.events.get(id);
    if (known !== undefined) this.events.set(id, { ...known, settled });
  }
}
