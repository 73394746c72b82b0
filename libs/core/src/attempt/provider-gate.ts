import type { Outcome } from './outcome.js';
import type { HaltCause } from './provider-state.js';

/** How a message may leave: with all the others, alone as the trial, or not now. */
export type GatePass =
  | { readonly kind: 'open'; readonly at: Date }
  | { readonly kind: 'trial'; readonly at: Date; readonly holder: string }
  | { readonly kind: 'halted'; readonly cause: HaltCause };

/** Port: whether the provider takes messages at all (architecture.md, halt and breaker). Throws AppError `database_unavailable`. */
export interface ProviderGate {
  /** Asked right before a message would leave. Waits at most 2 s for the result of a trial. */
  enter(): Promise<GatePass>;
  /** The message did not leave after all. */
  leave(pass: GatePass): Promise<void>;
  /** Tells what the message came to, after it is on record. */
  tell(pass: GatePass, phone: string, outcome: Outcome): Promise<void>;
  /** Tells that the provider refuses the account, as it said only after it had taken a message of `askedAt`. */
  halt(cause: HaltCause, askedAt: Date): Promise<void>;
  /** True while nothing or only a trial may leave; at most a second old. */
  isHalted(): Promise<boolean>;
}
