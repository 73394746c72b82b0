import { type Values } from '../config-schema.js';
import { type deliveryVariables } from '../variables/delivery-variables.js';
import { type RetryConfig, retrySlice } from './retry-slice.js';

/** After how long an envelope that has not come counts as lost, by the status of its notification. */
export interface SweepGraceConfig {
  readonly queuedMs: number;
  readonly retryingMs: number;
  readonly sendingMs: number;
}

/** What worker and api must agree on. */
export interface DeliveryConfig {
  readonly retry: RetryConfig;
  readonly sweepGrace: SweepGraceConfig;
  readonly retentionDays: number;
}

/** Retry, grace, retention and defaults out of the delivery variables. */
export function deliverySlices(values: Values<typeof deliveryVariables>): DeliveryConfig {
  return {
    retry: retrySlice(values),
    sweepGrace: {
      queuedMs: values.NOTIFICATION_SWEEP_QUEUED_GRACE_MS,
      retryingMs: values.NOTIFICATION_SWEEP_RETRYING_GRACE_MS,
      sendingMs: values.NOTIFICATION_SWEEP_SENDING_GRACE_MS,
    },
    retentionDays: values.NOTIFICATION_RETENTION_DAYS,
  };
}
