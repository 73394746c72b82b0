import type { Duty, DutyRoster } from '@earlybird/core';
import { turn } from './memory-log.js';

/** Who has which duty, in memory. */
export class MemoryDutyRoster implements DutyRoster {
  private readonly held = new Map<Duty, { readonly holder: string; readonly until: Date }>();

  async take(duty: Duty, holder: string, until: Date, now: Date): Promise<boolean> {
    await turn();
    const held = this.held.get(duty);
    const tooFar = 2 * until.getTime() - now.getTime();
    const isHeld = held !== undefined && held.until > now && held.until.getTime() <= tooFar;
    if (isHeld && held.holder !== holder) return false;
    this.held.set(duty, { holder, until });
    return true;
  }

  async leave(duty: Duty, holder: string): Promise<void> {
    await turn();
    if (this.held.get(duty)?.holder === holder) this.held.delete(duty);
  }
}
