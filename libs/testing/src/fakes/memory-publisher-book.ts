import type { PublisherBook, PublisherResult } from '@earlybird/core';

/** How often one publisher's events of one type came to one result. */
export interface PublisherCount {
  readonly publisher: string;
  readonly eventType: string;
  readonly result: PublisherResult;
  readonly count: number;
}

/** Counts per publisher in memory; days do not matter to it. */
export class MemoryPublisherBook implements PublisherBook {
  private readonly counts = new Map<string, PublisherCount>();

  count(publisher: string, eventType: string, result: PublisherResult): void {
    const key = JSON.stringify([publisher, eventType, result]);
    const known = this.counts.get(key)?.count ?? 0;
    this.counts.set(key, { publisher, eventType, result, count: known + 1 });
  }

  all(): readonly PublisherCount[] {
    return [...this.counts.values()];
  }
}
