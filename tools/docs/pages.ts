import { alertsFile } from './alerts-file.js';
import { configurationPage } from './configuration-page.js';
import { dashboard } from './dashboard.js';
import { envExample } from './env-example.js';
import { logEventsPage } from './log-events-page.js';
import { metricsPage } from './metrics-page.js';
import { runbookPage } from './runbook-page.js';

/** Every document that is made from code: its path from the root of the checkout, and how it is made. */
export const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  '.env.example': envExample,
  'docs/configuration.md': configurationPage,
  'docs/log-events.md': logEventsPage,
  'docs/metrics.md': metricsPage,
  'docs/runbook.md': runbookPage,
  'docker/prometheus/alerts.yml': alertsFile,
  'docker/grafana/dashboard.json': dashboard,
};
