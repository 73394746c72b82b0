import { type Lane, lanes } from '../notification/lane.js';
import type { Outcome } from './outcome.js';
import { longestRestMs } from './rate-book.js';
import { RateShare, type RateShareParts } from './rate-share.js';
import { RecipientBuckets, type RecipientRate } from './recipient-rate.js';
import type { SendPermit, SendPermits } from './send-permit.js';

/** How long a message waits for leave while it is in hand (architecture.md). */
const patienceMs = 2_000;

/** What the rate stands on. */
export interface LeasedRateParts extends RateShareParts {
  readonly recipientRate: RecipientRate;
}

interface Waiting {
  /** By the steady clock. */
  readonly giveUpAt: number;
  readonly settle: (granted: boolean) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * The rate of one number over all workers. In any second at most the rate leaves, and on top 15 % of it and one message a
 * worker. The normal lane goes first; the bulk lane has at most 80 %. The database is asked once a second while messages flow
 * and never while none does. Each customer's bucket is this worker's own.
 */
export class LeasedRate implements SendPermits {
  private readonly share: RateShare;
  private readonly recipients: RecipientBuckets;
  private readonly waiting: Readonly<Record<Lane, Waiting[]>> = { normal: [], bulk: [] };
  private serving = false;

  constructor(private readonly parts: LeasedRateParts) {
    this.share = new RateShare(parts);
    this.recipients = new RecipientBuckets(parts.recipientRate);
  }

  async acquire(phone: string, lane: Lane): Promise<SendPermit> {
    const waitMs = this.recipients.take(phone, this.parts.clock.steadyMs(), patienceMs);
    if (waitMs > patienceMs) return { kind: 'wait', waitMs, reason: 'recipient_rate' };
    if (waitMs > 0) await this.parts.clock.sleep(waitMs);
    if (this.takeAtOnce(lane) || (await this.queueUp(lane, patienceMs - waitMs)))
      return { kind: 'granted', end: () => this.share.use() };
    this.recipients.giveBack(phone, this.parts.clock.steadyMs());
    return { kind: 'wait', waitMs: patienceMs, reason: 'sender_rate' };
  }

  async heed(outcome: Outcome): Promise<void> {
    if (outcome.kind !== 'throttled' || outcome.scope !== 'sender') return;
    await this.share.rest(new Date(this.parts.clock.now().getTime() + Math.min(outcome.retryAfterMs, longestRestMs)));
  }

  private takeAtOnce(lane: Lane): boolean {
    const isFirst = this.waiting.normal.length === 0 && (lane === 'normal' || this.waiting.bulk.length === 0);
    return isFirst && this.share.take(lane);
  }

  private queueUp(lane: Lane, mostMs: number): Promise<boolean> {
    return new Promise((settle, fail) => {
      this.waiting[lane].push({ giveUpAt: this.parts.clock.steadyMs() + mostMs, settle, fail });
      if (!this.serving) void this.serve();
    });
  }

  /** Serves whoever waits, in one loop; ends when nobody does. */
  private async serve(): Promise<void> {
    this.serving = true;
    try {
      while (this.countWaiting() > 0) {
        await this.share.ensure(this.countWaiting());
        for (const lane of lanes)
          while (this.waiting[lane].length > 0 && this.share.take(lane)) this.settle(lane, true);
        for (const lane of lanes) while (this.isTired(lane)) this.settle(lane, false);
        if (this.countWaiting() > 0) await this.parts.clock.sleep(this.msUntilChange());
      }
    } catch (error) {
      for (const lane of lanes) for (const one of this.waiting[lane].splice(0)) one.fail(error);
    } finally {
      this.serving = false;
    }
  }

  private settle(lane: Lane, granted: boolean): void {
    this.waiting[lane].shift()?.settle(granted);
  }

  private isTired(lane: Lane): boolean {
    const [head] = this.waiting[lane];
    return head !== undefined && head.giveUpAt <= this.parts.clock.steadyMs();
  }

  private msUntilChange(): number {
    const now = this.parts.clock.steadyMs();
    const changes = lanes.flatMap((lane) => {
      const [head] = this.waiting[lane];
      return head === undefined ? [] : [this.share.msUntil(lane), head.giveUpAt - now];
    });
    return Math.max(1, Math.ceil(Math.min(...changes)));
  }

  private countWaiting(): number {
    return this.waiting.normal.length + this.waiting.bulk.length;
  }
}
