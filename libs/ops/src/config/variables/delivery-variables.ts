import { milliseconds, wholeNumber } from '../kinds.js';
import { variable } from '../variable.js';
import { retryVariables } from './retry-variables.js';

const minute = 60_000;

/** How the notifications are carried: attempts, what the sweeper calls lost, whom they address. Worker and api agree on it. */
export const deliveryVariables = {
  ...retryVariables,
  // Longer than any backlog that still drains; an envelope of a shorter wait is merely late, not lost.
  NOTIFICATION_SWEEP_QUEUED_GRACE_MS: variable(
    milliseconds().default(30 * minute),
    'After how many milliseconds a queued notification counts as lost and is enqueued again.',
    '1800000',
  ),
  NOTIFICATION_SWEEP_RETRYING_GRACE_MS: variable(
    milliseconds().default(10 * minute),
    'The same for a retrying one, from the time its next attempt was due.',
    '600000',
  ),
  NOTIFICATION_SWEEP_SENDING_GRACE_MS: variable(
    milliseconds().default(10 * minute),
    "The same for a sending one, from the end of its attempt's lease.",
    '600000',
  ),
  NOTIFICATION_RETENTION_DAYS: variable(
    wholeNumber(1, 3_650).default(180),
    'After how many days a notification is deleted from MongoDB.',
    '180',
  ),
};
