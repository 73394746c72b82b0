import { httpUrl, milliseconds, oneOf, pairs, share, text } from '../kinds.js';
import { secretVariable, variable } from '../variable.js';

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** Where spans go, under the names that OpenTelemetry has given these settings. Without an address there are none. */
export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(
    httpUrl().optional(),
    'The address of an OpenTelemetry collector (OTLP over HTTP); spans go to its path /v1/traces. Without it there are none.',
    'http://127.0.0.1:4318',
  ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: variable(
    httpUrl().optional(),
    'The complete address for spans, where it is another than OTEL_EXPORTER_OTLP_ENDPOINT with /v1/traces.',
    'http://127.0.0.1:4318/v1/traces',
  ),
  OTEL_EXPORTER_OTLP_HEADERS: secretVariable(
    pairs().optional(),
    'What the collector asks for in HTTP headers, as key=value pairs separated by commas.',
    'api-key=YOUR_KEY',
  ),
  OTEL_EXPORTER_OTLP_TIMEOUT: variable(
    milliseconds(100, 60_000).default(10_000),
    'How long a batch of spans may take, in milliseconds; then it is given up.',
    '10000',
  ),
  OTEL_SERVICE_NAME: variable(
    text().optional(),
    'The name under which spans are shown; notifications-worker and notifications-api when absent.',
    'notifications',
  ),
  OTEL_RESOURCE_ATTRIBUTES: variable(
    pairs().optional(),
    'What else all spans tell of their process, as key=value pairs separated by commas.',
    'deployment.environment.name=production',
  ),
  OTEL_TRACES_SAMPLER: variable(
    oneOf(samplers).default('parentbased_always_on'),
    "Which traces are recorded. parentbased: as the publisher's traceparent says, and the rest only where there is none.",
    'parentbased_always_on',
  ),
  OTEL_TRACES_SAMPLER_ARG: variable(
    share().default(1),
    'The share of the traces that a sampler by traceidratio records, from 0 to 1.',
    '0.1',
  ),
};
