export { type ApiConfig, apiConfigSchema } from './config/api-config.js';
export { appSchemas } from './config/app-schemas.js';
export { ConfigError, type ConfigFault } from './config/config-fault.js';
export {
  allowOne,
  type ConfigRule,
  type Environment,
  requireAll,
  requireAny,
  requireEqual,
  requireTogether,
} from './config/config-rule.js';
export { configSchema, type ConfigSchema, type Values, type Variables } from './config/config-schema.js';
export { readEnvironment } from './config/environment.js';
export { given } from './config/given.js';
export * from './config/kinds.js';
export { loadConfig } from './config/load-config.js';
export { loadConfigOrExit } from './config/load-config-or-exit.js';
export { type ConsumeConfig } from './config/slices/consume-slice.js';
export { type DeliveryConfig, type SweepGraceConfig } from './config/slices/delivery-slices.js';
export { type JwtConfig, type JwtKeys } from './config/slices/jwt-slice.js';
export { type MyOperatorConfig, type MyOperatorContract } from './config/slices/myoperator-slice.js';
export { type ListenConfig, type ProcessConfig, processSlices } from './config/slices/process-slices.js';
export { type RetryConfig, retrySlice } from './config/slices/retry-slice.js';
export { type TracingConfig } from './config/slices/tracing-slice.js';
export { type WebhookConfig } from './config/slices/webhook-slice.js';
export { secretsOf } from './config/secrets-of.js';
export { secretVariable, type Variable, variable } from './config/variable.js';
export { accessVariables } from './config/variables/api-variables.js';
export { processVariables } from './config/variables/process-variables.js';
export { retryVariables } from './config/variables/retry-variables.js';
export { mongodbVariables, rabbitmqVariables } from './config/variables/server-variables.js';
export { type SimulatorConfig, simulatorConfigSchema } from './config/simulator-config.js';
export { type StorefrontConfig, storefrontConfigSchema } from './config/storefront-config.js';
export { type WorkerConfig, workerConfigSchema } from './config/worker-config.js';
export { createLogger, type LoggerOptions } from './log/create-logger.js';
export { type Log, type LogContext } from './log/log.js';
export { type LogFieldName, logFields } from './log/log-fields.js';
export { type LogEvent, type LogEventFields, type LogEventName, logEvents, type LogLevel } from './log/log-events.js';
export { NestLogger } from './log/nest-logger.js';
export { LogReporter } from './log/log-reporter.js';
export { reportToAll } from './log/report-to-all.js';
export { type Check, Health, type HealthReport, type HealthSwitch, type Verdict } from './health/health.js';
export { heartbeat, type Heartbeat } from './health/heartbeat.js';
export { tellOfDatabase, tellOfMigration, type ToldConnection } from './health/tell-of-database.js';
export { type OperationsServer, startOperationsServer } from './health/operations-server.js';
export {
  type MetricDefinition,
  metricDefinitions,
  type MetricLabels,
  type MetricName,
} from './metric/metric-definitions.js';
export { MetricReporter } from './metric/metric-reporter.js';
export { Metrics } from './metric/metrics.js';
export { refreshWhenScraped, type RefreshOptions } from './metric/refresh-when-scraped.js';
export { openStatuses, showOpenNotifications, type StatusFigure } from './metric/show-open-notifications.js';
export { openSpans } from './trace/open-spans.js';
export { SpanReporter } from './trace/span-reporter.js';
export { noSpans, type OpenSpan, type SpanAttributes, type Spans, type SpanStart } from './trace/spans.js';
export { parseTraceparent } from './trace/traceparent.js';
export { GracefulStop } from './process/graceful-stop.js';
export { repeatEvery, type Repetition } from './process/repeat-every.js';
export { startProcess } from './process/start-process.js';
export { systemClock } from './process/system-clock.js';
export { waitFor, type WaitOptions } from './process/wait-for.js';
