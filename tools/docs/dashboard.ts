import { metricDefinitions, type MetricDefinition } from '@earlybird/ops';

/** The text of docker/grafana/dashboard.json: a panel for each metric of the registry, in its order. */
export function dashboard(): string {
  const definitions = Object.entries<MetricDefinition>(metricDefinitions);
  const panels = definitions.map(([name, definition], index) => ({
    id: index + 1,
    title: titles[name] ?? name,
    description: definition.help,
    type: 'timeseries',
    datasource: { type: 'prometheus', uid: '${datasource}' },
    gridPos: { h: height, w: width, x: (index % perRow) * width, y: Math.floor(index / perRow) * height },
    fieldConfig: { defaults: { unit: name.endsWith('_seconds') ? 's' : 'short', min: 0 }, overrides: [] },
    targets: queriesOf(name, definition).map(([expr, legendFormat], query) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + query),
      expr,
      legendFormat,
    })),
  }));
  return `${JSON.stringify(
    {
      title: 'EarlyBird notifications',
      uid: 'earlybird-notifications',
      schemaVersion: 39,
      refresh: '30s',
      time: { from: 'now-6h', to: 'now' },
      templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus', label: 'Data source' }] },
      panels,
    },
    null,
    2,
  )}\n`;
}

/** Of Grafana's 24 columns. */
const width = 8;
const height = 7;
const perRow = 3;

/** Those that the runbook speaks of. */
const titles: Readonly<Record<string, string>> = {
  notifications: 'Notifications',
  notification_attempts_total: 'Attempts',
  notification_attempt_failures_total: 'Attempts that failed',
  broker_publishes_total: 'Publications',
  provider_rate_share: 'Rate',
};

/** A rate for what counts, the middle and the slowest for what is spread, the greatest over all processes for what is now. */
function queriesOf(name: string, { type, labels }: MetricDefinition): readonly (readonly [string, string])[] {
  const by = labels.length === 0 ? '' : ` by (${labels.join(', ')})`;
  const legend = labels.length === 0 ? name : labels.map((label) => `{{${label}}}`).join(' ');
  switch (type) {
    case 'counter':
      return [[`sum${by} (rate(${name}[$__rate_interval]))`, legend]];
    case 'gauge':
      return [
        [`${name === 'provider_rate_share' ? 'sum' : name === 'dependency_up' ? 'min' : 'max'}${by} (${name})`, legend],
      ];
    case 'histogram':
      return [0.5, 0.99].map((share) => [
        `histogram_quantile(${share}, sum by (le) (rate(${name}_bucket[$__rate_interval])))`,
        `${share * 100} %`,
      ]);
  }
}
