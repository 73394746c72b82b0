import { randomBytes } from 'node:crypto';
import { AppError } from '../kernel/app-error.js';
import type { Clock } from '../kernel/clock.js';
import type { Lane } from '../notification/lane.js';
import type { KeptValue } from './provider-state-store.js';
import { type RateBook, takeShare } from './rate-book.js';
import { TokenBucket } from './token-bucket.js';

/**
 * While messages flow the next second's share is taken this long before it begins, so that none waits for the database. Whoever
 * comes within it has a part one second later than otherwise: still within the time that a message waits.
 */
const aheadMs = 300;
/** Lost races for a share; each means that another worker has taken its own. */
const mostRaces = 20;

/** What a share is taken from, and by whom. */
export interface RateShareParts {
  readonly store: KeptValue<RateBook>;
  readonly clock: Clock;
  readonly worker: string;
  /** Of the sender's number, over all workers. */
  readonly ratePerSecond: number;
  /** Gets this worker's share, in messages a second, whenever it is another. */
  readonly onShare?: (share: number) => void;
}

interface Share {
  /** Since the epoch. */
  readonly second: number;
  readonly size: number;
}

/** One worker's share of the rate, taken second by second from the book that all workers share, and spread evenly. */
export class RateShare {
  private readonly name: string;
  private readonly bucket = new TokenBucket();
  private current: Share = { second: -1, size: 0 };
  private next: Share | undefined;
  private taking: Promise<void> | undefined;
  /** Messages of the second that runs and of the one before: what is wished for in the next. */
  private sent = { second: -1, count: 0, before: 0 };

  constructor(private readonly parts: RateShareParts) {
    // Two processes of one name must not take one seat for theirs.
    this.name = `${parts.worker} ${randomBytes(4).toString('hex')}`;
  }

  /** Takes leave for one message of the lane, if the share of this second is in hand and has it. */
  take(lane: Lane): boolean {
    const now = this.now();
    const second = secondOf(now);
    if (!this.isInHand(second) || !this.bucket.take(lane, now)) return false;
    if (this.sent.second !== second)
      this.sent = { second, count: 0, before: this.sent.second === second - 1 ? this.sent.count : 0 };
    this.sent.count += 1;
    this.lookAhead(0);
    return true;
  }

  /** The message that leave was taken for has left, or will not. */
  use(): void {
    this.bucket.use(this.now());
  }

  /** Brings the share of this second into hand. Throws AppError `database_unavailable`. */
  async ensure(waiting: number): Promise<void> {
    await this.taking;
    const second = secondOf(this.now());
    if (!this.isInHand(second)) this.hold({ second, size: await this.ask(second, waiting) });
    this.lookAhead(waiting);
  }

  /** How long until `take` may succeed, or `ensure` has something to do: a token, the time to look ahead, the next second. */
  msUntil(lane: Lane): number {
    const leftMs = 1_000 - (this.now() % 1_000);
    return Math.min(this.bucket.msUntil(lane), leftMs > aheadMs ? leftMs - aheadMs : leftMs);
  }

  /** Silences the number, for all workers, until then. */
  async rest(until: Date): Promise<void> {
    this.hold({ second: secondOf(this.now()), size: 0 });
    this.next = undefined;
    await this.change((book) =>
      book.restUntil !== undefined && book.restUntil >= until ? undefined : { ...book, restUntil: until },
    );
  }

  private isInHand(second: number): boolean {
    // Two seconds ahead it was taken before somebody set the clock back.
    if (this.next !== undefined && (this.next.second <= second || this.next.second > second + 1)) {
      if (this.next.second === second) this.hold(this.next);
      this.next = undefined;
    }
    return this.current.second === second;
  }

  private lookAhead(waiting: number): void {
    const now = this.now();
    if (now % 1_000 < 1_000 - aheadMs || this.next !== undefined) return;
    const second = secondOf(now) + 1;
    this.taking ??= this.ask(second, waiting)
      .then((size) => void (this.next = { second, size }))
      // Whoever needs it asks again and learns why it did not come.
      .catch(() => undefined)
      .finally(() => (this.taking = undefined));
  }

  /** A share is good for its second: it ends with it, and one that comes late counts from its beginning. */
  private hold(share: Share): void {
    const now = this.now();
    const endedAt = Math.min(now, (this.current.second + 1) * 1_000);
    this.bucket.setShare(0, endedAt);
    this.bucket.setShare(share.size, Math.min(now, Math.max(endedAt, share.second * 1_000)));
    if (share.size !== this.current.size) this.parts.onShare?.(share.size);
    this.current = share;
  }

  private async ask(second: number, waiting: number): Promise<number> {
    const { ratePerSecond } = this.parts;
    // Twice what left in a second, so that the share of a worker whose traffic grows can grow with it.
    const wanted = Math.max(1, waiting + 2 * Math.max(this.sent.count, this.sent.before));
    let size = 0;
    await this.change((book) => {
      const taken = takeShare(book, { worker: this.name, second, wanted, ratePerSecond });
      size = taken.share;
      return taken.book === book ? undefined : taken.book;
    });
    return size;
  }

  private async change(transition: (book: RateBook) => RateBook | undefined): Promise<void> {
    const { store } = this.parts;
    for (let races = 0; races < mostRaces; races += 1) {
      const kept = (await store.read()) ?? { value: { seats: [] }, revision: 0 };
      const next = transition(kept.value);
      if (next === undefined || (await store.replace(kept.revision, next))) return;
    }
    throw new AppError('database_unavailable', 'the rate share was lost to other workers in every race');
  }

  private now(): number {
    return this.parts.clock.now().getTime();
  }
}

function secondOf(now: number): number {
  return Math.floor(now / 1_000);
}
