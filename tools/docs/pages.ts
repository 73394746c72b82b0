import { configurationPage } from './configuration-page.js';
import { envExample } from './env-example.js';
import { logEventsPage } from './log-events-page.js';
import { metricsPage } from './metrics-page.js';

/** Every document that is made from code: its path from the root of the checkout, and how it is made. */
export const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  '.env.example': envExample,
  'docs/configuration.md': configurationPage,
  'docs/log-events.md': logEventsPage,
  'docs/metrics.md': metricsPage,
};
