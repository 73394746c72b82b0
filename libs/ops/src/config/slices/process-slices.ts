import { type Values } from '../config-schema.js';
import { type processVariables } from '../variables/process-variables.js';
import { type logLevel } from '../kinds.js';
import { type z } from 'zod';

/** An address to listen on. */
export interface ListenConfig {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** What every long-running process of ours has. */
export interface ProcessConfig {
  readonly log: { readonly level: z.output<ReturnType<typeof logLevel>> };
  readonly stop: { readonly deadlineMs: number };
}

/** The slices of the process variables. */
export function processSlices(values: Values<typeof processVariables>): ProcessConfig {
  return { log: { level: values.LOG_LEVEL }, stop: { deadlineMs: values.STOP_DEADLINE_MS } };
}
