/** The longest rest of the whole number; messages wait out a longer one one by one (architecture.md, throttled). */
export const longestRestMs = 60_000;

/** One worker's share of the number's rate. */
export interface RateSeat {
  readonly worker: string;
  /** The second since the epoch that `share` is for. */
  readonly second: number;
  /** Messages a second that it may send in that second. */
  readonly share: number;
  /** The same for the second before, which may still run when the next one is taken. */
  readonly shareBefore: number;
  /** Messages a second that it wished for. */
  readonly wanted: number;
}

/** Who sends how much. Who has not asked for two seconds is gone. */
export interface RateBook {
  readonly seats: readonly RateSeat[];
  /** Nobody sends before: the provider asked the whole number to slow down. */
  readonly restUntil?: Date;
}

/** What a worker asks for. */
export interface ShareRequest {
  readonly worker: string;
  /** The second since the epoch. */
  readonly second: number;
  readonly wanted: number;
  readonly ratePerSecond: number;
}

/**
 * Gives `worker` its share of one second. What is free is the rate, less what others have taken of it, less the fair part of
 * those that were there in the second before and have not asked yet; the worker gets all of that when it wishes for more than
 * half, and else half, so that who comes in the middle of the second finds a part. So the shares of a second never exceed the
 * rate, a worker alone can use all of it, and who comes when others need everything has its part one second later. Asking
 * twice changes nothing. Pure.
 */
export function takeShare(book: RateBook, request: ShareRequest): { readonly book: RateBook; readonly share: number } {
  const { worker, second, wanted, ratePerSecond } = request;
  const own = book.seats.find((seat) => seat.worker === worker);
  if (own?.second === second) return { book, share: own.share };
  const others = book.seats.filter((seat) => seat.worker !== worker && Math.abs(seat.second - second) <= 1);
  const fair = ratePerSecond / (others.length + 1);
  const reserved = others.reduce((sum, seat) => sum + reservedFor(seat, second, fair), 0);
  const free = isRestingAt(book, second) ? 0 : Math.max(0, ratePerSecond - reserved);
  const share = wanted > free / 2 ? free : free / 2;
  const shareBefore = own?.second === second - 1 ? own.share : 0;
  const seats = [...others, { worker, second, share, shareBefore, wanted }];
  return { book: { ...book, seats }, share };
}

/** A rest that would last longer than any may was begun before somebody set the clocks back: it says nothing of now. */
function isRestingAt({ restUntil }: RateBook, second: number): boolean {
  const restMs = (restUntil?.getTime() ?? 0) - second * 1_000;
  return restMs > 0 && restMs <= 2 * longestRestMs;
}

function reservedFor(seat: RateSeat, second: number, fair: number): number {
  if (seat.second === second) return seat.share;
  if (seat.second === second + 1) return seat.shareBefore;
  return Math.min(seat.wanted, fair);
}
