/** How often a condition is looked at; short against the seconds that servers take. */
const LOOK_EVERY_MS = 50;

/**
 * Waits until `condition` answers something other than undefined, and returns that.
 * @throws what `onDeadline` makes when `deadlineMs` have passed.
 */
export async function until<T>(
  condition: () => Promise<T | undefined>,
  deadlineMs: number,
  onDeadline: () => Promise<Error>,
): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const found = await condition();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw await onDeadline();
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
