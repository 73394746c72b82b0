import { milliseconds, oneOf, wholeNumber } from '../kinds.js';
import { variable } from '../variable.js';

const minute = 60_000;

/** How often and how soon a notification is tried again: also says which delay queues there are. */
export const retryVariables = {
  NOTIFICATION_QUEUE_RETRY_ATTEMPTS: variable(
    wholeNumber(1, 20).default(3),
    'How many counted attempts a notification gets; the first one counts.',
    '3',
  ),
  NOTIFICATION_QUEUE_RETRY_DELAY_MINUTES: variable(
    wholeNumber(1, 1_440).default(5),
    'Minutes between an attempt that failed for now and the next one.',
    '5',
  ),
  NOTIFICATION_QUEUE_RETRY_DELAY_MS: variable(
    milliseconds(1, 24 * 60 * minute).optional(),
    'The same in milliseconds; where it is set, the minutes do not count.',
    '300000',
  ),
  NOTIFICATION_QUEUE_RETRY_BACKOFF: variable(
    oneOf(['fixed', 'exponential']).default('fixed'),
    'Whether every wait is equally long or each twice the one before.',
    'fixed',
  ),
  NOTIFICATION_DEFER_DELAY_MS: variable(
    milliseconds(1, 60 * minute).default(30_000),
    'Milliseconds to wait without counting an attempt: provider halted, rate used up, another worker holds the lease.',
    '30000',
  ),
};
