/** Recipients remembered at most. Who is forgotten has a full bucket again: the longest unheard of, so almost always rightly. */
const mostRecipients = 20_000;

/** How many messages one customer may get in a row, and after how long one more. */
export interface RecipientRate {
  readonly burst: number;
  readonly refillMs: number;
}

/** A token bucket for each customer, in memory: the platform limits a pair of numbers to one message in 6 s, with a burst (provider.md). */
export class RecipientBuckets {
  private readonly buckets = new Map<string, { readonly tokens: number; readonly at: number }>();

  constructor(private readonly rate: RecipientRate) {}

  /** Takes a token, also one that comes within `patienceMs`; answers how long until it is there. Beyond that none is taken. */
  take(phone: string, now: number, patienceMs: number): number {
    const tokens = this.tokensOf(phone, now) - 1;
    const waitMs = tokens >= 0 ? 0 : -tokens * this.rate.refillMs;
    if (waitMs <= patienceMs) this.keep(phone, tokens, now);
    return waitMs;
  }

  /** Gives back a token that was not used. */
  giveBack(phone: string, now: number): void {
    this.keep(phone, this.tokensOf(phone, now) + 1, now);
  }

  private tokensOf(phone: string, now: number): number {
    const { burst, refillMs } = this.rate;
    const known = this.buckets.get(phone);
    return known === undefined ? burst : Math.min(burst, known.tokens + Math.max(0, now - known.at) / refillMs);
  }

  private keep(phone: string, tokens: number, now: number): void {
    this.buckets.delete(phone);
    this.buckets.set(phone, { tokens: Math.min(this.rate.burst, tokens), at: now });
    const [oldest] = this.buckets.keys();
    if (this.buckets.size > mostRecipients && oldest !== undefined) this.buckets.delete(oldest);
  }
}
