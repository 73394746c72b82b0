import type { Delivery } from '../envelope/delivery.js';

/** Three deliveries that ended badly: by then it is likelier the envelope than the weather (broker.md). */
const suspectFrom = 3;
/** How many acquitted envelopes are remembered: far more than are in trouble at a time. */
const mostAcquitted = 1_000;

/** Tells which envelopes may have ended the process before, and must be handled alone. */
export class Suspicion {
  readonly #acquitted = new Set<string>();

  /** True when it came back so often that it may be what ended the process each time. */
  isSuspect({ deliveryCount, messageId }: Pick<Delivery, 'deliveryCount' | 'messageId'>): boolean {
    return deliveryCount >= suspectFrom && (messageId === undefined || !this.#acquitted.has(messageId));
  }

  /** It failed by an exception that we caught: whatever is wrong with it, it does not end the process. */
  acquit({ messageId }: Pick<Delivery, 'messageId'>): void {
    if (messageId === undefined) return;
    this.#acquitted.add(messageId);
    const [oldest] = this.#acquitted;
    if (this.#acquitted.size > mostAcquitted && oldest !== undefined) this.#acquitted.delete(oldest);
  }
}
