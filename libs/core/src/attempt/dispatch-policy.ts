import type { Graces } from '../notification/graces.js';
import type { RetryPolicy } from './retry-policy.js';

/** Every number that dispatching needs, from the configuration. */
export interface DispatchPolicy {
  readonly retry: RetryPolicy;
  /** Connect + total time limit of the provider's client + 5 s: how long an attempt may be open. */
  readonly leaseMs: number;
  /** How long the defer queue holds an envelope. */
  readonly deferDelayMs: number;
  readonly graces: Graces;
  /** How long nothing is sent to a number that the provider called unreachable. */
  readonly suppressNumberMs: number;
}
