import { ConfigError } from '../config-fault.js';
import { configSchema } from '../config-schema.js';
import { loadConfig } from '../load-config.js';
import { secretsOf } from '../secrets-of.js';
import { tracingVariables } from '../variables/tracing-variables.js';
import { tracingSlice } from './tracing-slice.js';

const schema = configSchema({
  app: 'worker',
  variables: tracingVariables,
  rules: [],
  slices: (values) => ({ tracing: tracingSlice(values) }),
});
const tracing = (env: Readonly<Record<string, string>>) => loadConfig(schema, env).tracing;
const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' };

function faultIn(env: Readonly<Record<string, string>>): string {
  try {
    tracing(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  return 'none';
}

describe('tracing', () => {
  it('is off while no collector is named, whatever else is set', () => {
    expect(tracing({})).toBeUndefined();
    expect(tracing({ OTEL_SERVICE_NAME: 'notifications', OTEL_TRACES_SAMPLER: 'always_on' })).toBeUndefined();
  });

  it('sends spans to the path of the collector, or to the complete address where one is given', () => {
    expect(tracing(collector)).toEqual({
      url: 'http://collector:4318/v1/traces',
      headers: {},
      timeoutMs: 10_000,
      resource: {},
      sampling: { asParent: true, share: 1 },
    });
    const complete = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example.com/otlp' };
    expect(tracing({ ...collector, ...complete })?.url).toBe('https://traces.example.com/otlp');
  });

  it('reads headers and attributes as percent-encoded pairs', () => {
    const env = { OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a=b, x-tenant=one%2Ctwo', OTEL_RESOURCE_ATTRIBUTES: 'zone=in' };
    expect(tracing({ ...collector, ...env })).toMatchObject({
      headers: { 'api-key': 'a=b', 'x-tenant': 'one,two' },
      resource: { zone: 'in' },
    });
  });

  it.each([
    ['always_on', { asParent: false, share: 1 }],
    ['always_off', { asParent: false, share: 0 }],
    ['traceidratio', { asParent: false, share: 0.25 }],
    ['parentbased_always_on', { asParent: true, share: 1 }],
    ['parentbased_always_off', { asParent: true, share: 0 }],
    ['parentbased_traceidratio', { asParent: true, share: 0.25 }],
  ])('samples by %s', (sampler, sampling) => {
    const env = { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: '0.25' };
    expect(tracing({ ...collector, ...env })?.sampling).toEqual(sampling);
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'grpc://collector'],
    ['OTEL_EXPORTER_OTLP_TIMEOUT', 'soon'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'no pairs'],
    ['OTEL_TRACES_SAMPLER', 'sometimes'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
  ])('names %s when it is %s', (name, value) => {
    expect(faultIn({ [name]: value })).toContain(name);
  });

  it('never shows a header, neither in a fault nor to the log', () => {
    const fault = faultIn({ OTEL_EXPORTER_OTLP_HEADERS: 'hush-hush' });
    expect(fault).toContain('OTEL_EXPORTER_OTLP_HEADERS');
    expect(fault).not.toContain('hush-hush');
    const given = 'api-key=hush-hush';
    expect(secretsOf(schema, { OTEL_EXPORTER_OTLP_HEADERS: given })).toEqual([given]);
  });
});
