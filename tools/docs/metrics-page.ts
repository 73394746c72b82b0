import { type MetricDefinition, metricDefinitions } from '@earlybird/ops';
import { code, generatedNote, table } from './markdown.js';

/** The text of docs/metrics.md. */
export function metricsPage(): string {
  return [
    '# Metrics',
    generatedNote,
    'In Prometheus format at `/metrics` on the port of health and metrics: worker 3001, api 3002. The list is closed; no ' +
      "label holds a phone, a name or an id. Node.js' own metrics (`nodejs_*`, `process_*`) come on top.",
    table(
      ['metric', 'type', 'labels', 'on', 'meaning'],
      Object.entries<MetricDefinition>(metricDefinitions).map(([name, definition]) => row(name, definition)),
    ),
  ].join('\n\n');
}

function row(name: string, { type, labels, on, help }: MetricDefinition): readonly string[] {
  return [code(name), type, labels.map(code).join(', '), on === 'both' ? 'worker, api' : on, help];
}
