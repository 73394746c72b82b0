import type { CommandAnswer, CommandDesk, CommandOrder, CommandRecord } from '@earlybird/core';
import { turn } from './memory-log.js';

/** The record of commands in memory. */
export class MemoryCommandDesk implements CommandDesk {
  private readonly records = new Map<string, CommandRecord>();

  async open(order: CommandOrder): Promise<void> {
    await turn();
    this.records.set(order.id, order);
  }

  async find(id: string): Promise<CommandRecord | undefined> {
    await turn();
    return this.records.get(id);
  }

  async answer(id: string, answer: CommandAnswer, at: Date): Promise<boolean> {
    await turn();
    const record = this.records.get(id);
    if (record === undefined || record.answer !== undefined) return false;
    this.records.set(id, { ...record, answer, answeredAt: at });
    return true;
  }
}
