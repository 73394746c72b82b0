/** How long a condition may take to come true when the test does not say; waiting costs nothing where it does come true, and a machine that does three other things at once is not a fault. */
const patienceMs = 60_000;
/** The first look comes soon, the later ones rarer: a test waits a twentieth longer, and leaves the processors to what it waits for. */
const firstStepMs = 10;
const stepPerElapsed = 1 / 20;
const longestStepMs = 250;

/** What `eventually` says when it gives up, and when that is. */
export interface Patience {
  readonly withinMs?: number;
  /** What should have come true; told in the failure. */
  readonly message: string;
}

/**
 * Asks again and again until the answer is neither undefined nor false, and gives that answer back. A condition that throws
 * counts as not yet true; when time is up its last error is the cause of the failure.
 */
export async function eventually<Answer>(
  condition: () => Answer | undefined | false | Promise<Answer | undefined | false>,
  { withinMs = patienceMs, message }: Patience,
): Promise<Answer> {
  const began = performance.now();
  const end = began + withinMs;
  let cause: unknown;
  do {
    try {
      const answer = await condition();
      cause = undefined;
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      cause = error;
    }
    const stepMs = Math.max(firstStepMs, Math.min(longestStepMs, (performance.now() - began) * stepPerElapsed));
    await new Promise((resolve) => setTimeout(resolve, stepMs));
  } while (performance.now() < end);
  const last = cause instanceof Error ? ` (${cause.message})` : '';
  throw new Error(`not within ${withinMs} ms: ${message}${last}`, { cause });
}
