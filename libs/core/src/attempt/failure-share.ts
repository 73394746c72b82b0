import type { HaltCause } from './provider-state.js';
import { type Outcome, isCounted } from './outcome.js';

/** What is older says nothing of now; a minute is two back-offs at their shortest. */
const windowMs = 60_000;
/** Fewer say nothing: a bad half minute at one message a second is no outage. */
const leastRecipients = 50;
/**
 * A provider that takes a fifth of the messages is worth the attempts; one that takes less is down for most, and attempts
 * that are all used up within ten minutes would be parked instead of waiting.
 */
const haltShare = 0.8;
/** Far above what leaves in a minute at 80/s; it only bounds the memory. */
const mostRecipients = 10_000;

/**
 * How the last minute of one worker went, by recipient: each counts once, with the latest outcome, because a single number that
 * always fails, however often it is tried, says nothing of the provider.
 */
export class FailureShare {
  private readonly latest = new Map<string, { readonly at: number; readonly failed: boolean }>();
  private failures = 0;

  /** Counts an outcome at `at`, by the steady clock; the cause of a halt when too many fail. Outcomes that use up no attempt say nothing here. */
  note(phone: string, outcome: Outcome, at: number): HaltCause | undefined {
    if (!isCounted(outcome.kind)) return undefined;
    const failed = outcome.kind === 'unknown' || outcome.kind === 'deferred';
    this.remove(phone);
    this.latest.set(phone, { at, failed });
    if (failed) this.failures += 1;
    this.forget(at - windowMs);
    const tooMany = this.latest.size >= leastRecipients && this.failures >= haltShare * this.latest.size;
    return failed && tooMany ? { ...detailOf(outcome), scope: 'failures' } : undefined;
  }

  /** Begins anew: what was before a halt says nothing of after it. */
  clear(): void {
    this.latest.clear();
    this.failures = 0;
  }

  private forget(before: number): void {
    // Oldest first, because every note moves its recipient to the end.
    for (const [phone, { at }] of this.latest) {
      if (at > before && this.latest.size <= mostRecipients) return;
      this.remove(phone);
    }
  }

  private remove(phone: string): void {
    if (this.latest.get(phone)?.failed === true) this.failures -= 1;
    this.latest.delete(phone);
  }
}

function detailOf(outcome: Extract<Outcome, { kind: 'unknown' | 'deferred' }>) {
  const { reason, errorCode, httpStatus } = outcome;
  return {
    reason: `most messages fail: ${reason}`,
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
  };
}
