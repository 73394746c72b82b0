import { type Values } from '../config-schema.js';
import { type tracingVariables } from '../variables/tracing-variables.js';

/** Where spans go, and which. */
export interface TracingConfig {
  /** The complete address. */
  readonly url: string;
  /** Secret. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of one batch. */
  readonly timeoutMs: number;
  readonly serviceName?: string;
  readonly resource: Readonly<Record<string, string>>;
  readonly sampling: Sampling;
}

/** Which traces are recorded. */
export interface Sampling {
  /** A trace that somebody else has begun is recorded when he records it. */
  readonly asParent: boolean;
  /** Of the other traces, from 0 to 1; the same traces in every process. */
  readonly share: number;
}

/** The slice of the tracing variables; undefined when no collector is named. */
export function tracingSlice(values: Values<typeof tracingVariables>): TracingConfig | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own } = values;
  const url = own ?? (base === undefined ? undefined : `${base}/v1/traces`);
  if (url === undefined) return undefined;
  return {
    url,
    headers: values.OTEL_EXPORTER_OTLP_HEADERS ?? {},
    timeoutMs: values.OTEL_EXPORTER_OTLP_TIMEOUT,
    ...(values.OTEL_SERVICE_NAME !== undefined && { serviceName: values.OTEL_SERVICE_NAME }),
    resource: values.OTEL_RESOURCE_ATTRIBUTES ?? {},
    sampling: samplingOf(values),
  };
}

function samplingOf(values: Values<typeof tracingVariables>): Sampling {
  switch (values.OTEL_TRACES_SAMPLER) {
    case 'always_on':
      return { asParent: false, share: 1 };
    case 'always_off':
      return { asParent: false, share: 0 };
    case 'traceidratio':
      return { asParent: false, share: values.OTEL_TRACES_SAMPLER_ARG };
    case 'parentbased_always_on':
      return { asParent: true, share: 1 };
    case 'parentbased_always_off':
      return { asParent: true, share: 0 };
    case 'parentbased_traceidratio':
      return { asParent: true, share: values.OTEL_TRACES_SAMPLER_ARG };
  }
}
