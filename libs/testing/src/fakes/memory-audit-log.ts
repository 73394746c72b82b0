import type { AuditEntry, AuditLog, AuditQuery } from '@earlybird/core';
import { turn } from './memory-log.js';

/** The record of admin actions in memory. */
export class MemoryAuditLog implements AuditLog {
  readonly entries: AuditEntry[] = [];

  async record(entry: AuditEntry): Promise<void> {
    await turn();
    this.entries.push(entry);
  }

  async list({ action, by, before, limit }: AuditQuery): Promise<readonly AuditEntry[]> {
    await turn();
    return this.entries
      .filter((entry) => action === undefined || entry.action === action)
      .filter((entry) => by === undefined || entry.by === by)
      .filter((entry) => before === undefined || entry.at < before)
      .sort((left, right) => right.at.getTime() - left.at.getTime())
      .slice(0, limit);
  }
}
