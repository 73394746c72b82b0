import { type Values } from '../config-schema.js';
import { type retryVariables } from '../variables/retry-variables.js';

/** How often and how soon a notification is tried again. */
export interface RetryConfig {
  /** Counted attempts, the first one included. */
  readonly maxAttempts: number;
  readonly delayMs: number;
  /** fixed: every wait is delayMs; exponential: delayMs, then twice that, and so on. */
  readonly backoff: 'fixed' | 'exponential';
  /** A wait that counts no attempt. */
  readonly deferDelayMs: number;
}

/** The slice of the retry variables. */
export function retrySlice(values: Values<typeof retryVariables>): RetryConfig {
  return {
    maxAttempts: values.NOTIFICATION_QUEUE_RETRY_ATTEMPTS,
    delayMs: values.NOTIFICATION_QUEUE_RETRY_DELAY_MS ?? values.NOTIFICATION_QUEUE_RETRY_DELAY_MINUTES * 60_000,
    backoff: values.NOTIFICATION_QUEUE_RETRY_BACKOFF,
    deferDelayMs: values.NOTIFICATION_DEFER_DELAY_MS,
  };
}
