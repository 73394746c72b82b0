import { logLevel, milliseconds, text } from '../kinds.js';
import { variable } from '../variable.js';

/** What every long-running process of ours has. */
export const processVariables = {
  LOG_LEVEL: variable(logLevel().default('info'), 'From which level on log lines are written.', 'info'),
  HOST: variable(
    text().default('127.0.0.1'),
    'The address to listen on; 0.0.0.0 in a container, where the network is private.',
    '127.0.0.1',
  ),
  // Orchestrators send SIGKILL after 30 s by default; the rest is for closing channels and connections.
  STOP_DEADLINE_MS: variable(
    milliseconds(0, 600_000).default(25_000),
    'How long a graceful stop may take, in milliseconds, before the process ends anyway.',
    '25000',
  ),
};
