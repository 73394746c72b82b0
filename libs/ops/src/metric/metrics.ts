import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type MetricDefinition, metricDefinitions, type MetricLabels, type MetricName } from './metric-definitions.js';

type Instrument = Counter | Gauge | Histogram;

/** The metrics of one process, in a registry of their own. Recording never throws and touches memory only. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly instruments = new Map<string, Instrument>();
  private readonly refreshes: (() => Promise<void>)[] = [];

  /** `withNode`: also event loop, memory and garbage collection of Node.js. */
  constructor(app: 'worker' | 'api', { withNode = true } = {}) {
    for (const [name, definition] of Object.entries<MetricDefinition>(metricDefinitions)) {
      if (definition.on === app || definition.on === 'both') this.instruments.set(name, this.create(name, definition));
    }
    if (withNode) collectDefaultMetrics({ register: this.registry });
  }

  /** Counts up. A metric of the other process is passed over: shared code may report what only one of them shows. */
  count<Name extends MetricName<'counter'>>(name: Name, labels: MetricLabels<Name>, by = 1): void {
    const instrument = this.instruments.get(name);
    if (instrument instanceof Counter) instrument.inc(labels, by);
  }

  /** Sets a value of now. */
  set<Name extends MetricName<'gauge'>>(name: Name, labels: MetricLabels<Name>, value: number): void {
    const instrument = this.instruments.get(name);
    if (instrument instanceof Gauge) instrument.set(labels, value);
  }

  /** Adds a measurement, in seconds. */
  observe<Name extends MetricName<'histogram'>>(name: Name, labels: MetricLabels<Name>, seconds: number): void {
    const instrument = this.instruments.get(name);
    if (instrument instanceof Histogram) instrument.observe(labels, seconds);
  }

  /** Has `refresh` done before everything is exposed; it must not reject, and bound its own time. */
  beforeExpose(refresh: () => Promise<void>): void {
    this.refreshes.push(refresh);
  }

  /** Everything in Prometheus' text format, and its content type. */
  async expose(): Promise<{ readonly contentType: string; readonly body: string }> {
    await Promise.all(this.refreshes.map((refresh) => refresh()));
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }

  private create(name: string, { type, help, labels, known = [], buckets }: MetricDefinition): Instrument {
    const options = { name, help, labelNames: [...labels], registers: [this.registry] };
    switch (type) {
      case 'counter': {
        const counter = new Counter(options);
        for (const series of known) counter.inc(series, 0);
        return counter;
      }
      case 'gauge':
        return new Gauge(options);
      case 'histogram':
        return new Histogram({ ...options, buckets: [...(buckets ?? [])] });
    }
  }
}
