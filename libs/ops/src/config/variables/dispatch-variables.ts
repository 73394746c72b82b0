import { commaList, milliseconds, wholeNumber } from '../kinds.js';
import { variable } from '../variable.js';

/** What only the worker does: consuming and sweeping. */
export const dispatchVariables = {
  NOTIFICATION_CONCURRENCY: variable(
    wholeNumber(1, 1_024).default(64),
    'How many envelopes of a queue the worker handles at a time.',
    '64',
  ),
  NOTIFICATION_SWEEP_INTERVAL_MS: variable(
    milliseconds().default(60_000),
    'Milliseconds between two looks for notifications whose envelope was lost.',
    '60000',
  ),
  NOTIFICATION_DEAD_LETTER_INTERVAL_MS: variable(
    milliseconds().default(60_000),
    'Milliseconds between two walks through the dead-letter queues, for what RabbitMQ gave up and what is settled.',
    '60000',
  ),
  NOTIFICATION_REPLAY_INTERVAL_MS: variable(
    milliseconds().default(3_000),
    'Milliseconds between two looks for a replay that nobody carries out.',
    '3000',
  ),
  // Many times what a step takes; a worker that is only slow must not lose its replay.
  NOTIFICATION_REPLAY_LEASE_MS: variable(
    milliseconds().default(30_000),
    'After how many milliseconds without a sign of life a replay goes to another worker.',
    '30000',
  ),
  NOTIFICATION_UNREACHABLE_DAYS: variable(
    wholeNumber(0, 3_650).default(30),
    'For how many days nothing is sent to a number that WhatsApp called unreachable; 0 tries it every time.',
    '30',
  ),
  NOTIFICATION_TRUSTED_PUBLISHERS: variable(
    commaList().default([]),
    'RabbitMQ users, separated by commas, that may publish for every service: the one account of a broker without accounts.',
    'guest',
  ),
};
