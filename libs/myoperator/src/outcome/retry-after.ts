/** Whatever the provider asks for, the whole number does not stand still for longer without being tried again. */
const longestWaitMs = 60 * 60 * 1_000;
/** "At once", said together with "too many requests", is a mistake. */
const shortestWaitMs = 1_000;

/**
 * How long a `Retry-After` asks to wait, in milliseconds from `now`: seconds, or an HTTP date. Undefined
 * when there is none or it cannot be read. At least a second, at most an hour.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (text === '') return undefined;
  const waitMs = waitIn(text, now);
  if (Number.isNaN(waitMs)) return undefined;
  return Math.min(Math.max(Math.ceil(waitMs), shortestWaitMs), longestWaitMs);
}

function waitIn(text: string, now: number): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  // Node reads almost any text with a digit as some date; HTTP's begin with the day of the week.
  return /^[A-Z][a-z]{2,8}, /.test(text) ? Date.parse(text) - now : NaN;
}
