import type { RecipientEraser } from '@earlybird/core';
import { type MemoryLog, turn } from './memory-log.js';
import type { MemorySettings } from './memory-settings.js';

/** Takes a person's data out of what is in memory. */
export class MemoryEraser implements RecipientEraser {
  constructor(
    private readonly log: MemoryLog,
    private readonly settings: MemorySettings,
  ) {}

  async eraseNotifications(phone: string, at: Date): Promise<number> {
    await turn();
    const found = this.log.filter(({ recipient }) => recipient.phone === phone);
    for (const { text: _text, ...rest } of found)
      this.log.put({
        ...rest,
        recipient: {},
        context: {},
        attempts: rest.attempts.map(({ detail: _detail, ...attempt }) => attempt),
        adminActions: rest.adminActions.map(({ note: _note, ...action }) => action),
        erasedAt: at,
        updatedAt: at,
      });
    return found.length;
  }

  async eraseSettings(phone: string): Promise<number> {
    await turn();
    return this.settings.removeAllOf(phone);
  }

  async eraseReplays(): Promise<number> {
    return 0;
  }

  async eraseParkedEvents(): Promise<number> {
    return 0;
  }
}
