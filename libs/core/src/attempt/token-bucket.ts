import type { Lane } from '../notification/lane.js';

/** The part of the rate that the bulk lane may use at most: a campaign leaves the confirmations a fifth (events.md). */
export const bulkPart = 0.8;
/**
 * What may leave at once beside the one whose turn it is, in seconds of the share: a busy machine wakes a sleeper a tenth of a
 * second late, and what came meanwhile must not be lost; more would be a peak that the provider sees.
 */
const burstSeconds = 0.15;

/**
 * One worker's share as tokens: they come evenly, and one and 0.15 s' worth is kept at most. A token that was taken and is not
 * used yet is kept, too: so any second sees at most the share and what is kept of it leave, however long each takes from token
 * to departure.
 */
export class TokenBucket {
  private share = 0;
  private all = 1;
  private bulk = 1;
  /** Taken and not used yet. */
  private out = 0;
  private filledAt = 0;

  /** From `now` on, `share` tokens come a second. */
  setShare(share: number, now: number): void {
    this.fill(now);
    this.share = share;
    this.fill(now);
  }

  /** Takes a token of the lane if there is one. Each that was taken is to be used. */
  take(lane: Lane, now: number): boolean {
    this.fill(now);
    if (this.msUntil(lane) > 0) return false;
    this.all -= 1;
    this.out += 1;
    if (lane === 'bulk') this.bulk -= 1;
    return true;
  }

  /** What a token was taken for has left. */
  use(now: number): void {
    this.fill(now);
    this.out -= 1;
  }

  /** How long until the lane has a token, at this share; longer when too many that were taken are not used by then. */
  msUntil(lane: Lane): number {
    if (this.share <= 0) return Infinity;
    const missing = Math.max(1 - this.all, lane === 'bulk' ? (1 - this.bulk) / bulkPart : 0);
    return missing <= tolerance ? 0 : (missing / this.share) * 1_000;
  }

  private fill(now: number): void {
    const seconds = Math.max(0, now - this.filledAt) / 1_000;
    this.filledAt = now;
    this.all = Math.min(capacityOf(this.share) - this.out, this.all + seconds * this.share);
    this.bulk = Math.min(capacityOf(bulkPart * this.share), this.bulk + seconds * bulkPart * this.share);
  }
}

/** Sums of fractions are not exact: a token that is there but for this much is there. */
const tolerance = 1e-9;

function capacityOf(share: number): number {
  return 1 + share * burstSeconds;
}
