import type { OrphanList, OrphanQuery, Receipt } from '@earlybird/core';

/** Orphans in memory, as a test puts them. */
export class MemoryOrphanList implements OrphanList {
  readonly orphans: Receipt[] = [];

  async list({ providerMessageId, before, limit }: OrphanQuery): Promise<readonly Receipt[]> {
    return this.orphans
      .filter((one) => providerMessageId === undefined || one.providerMessageId === providerMessageId)
      .filter((one) => before === undefined || one.receivedAt < before)
      .sort((left, right) => right.receivedAt.getTime() - left.receivedAt.getTime())
      .slice(0, limit);
  }
}
