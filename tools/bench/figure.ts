import { type Progress } from '../progress.js';
import { type BenchServers } from './bench-servers.js';
import { type BenchRequest } from './bench-request.js';

/** What a figure is measured on. */
export interface Bench {
  readonly servers: BenchServers;
  readonly request: BenchRequest;
  readonly progress: Progress;
}

/** Measures one figure; answers line by line. */
export type MeasureFigure = (bench: Bench) => Promise<readonly Reading[]>;

/** One line of the account: what was measured in each run, and what it is held against. The median counts. */
export interface Reading {
  readonly name: string;
  readonly unit: Unit;
  /** At least one. */
  readonly runs: readonly number[];
  readonly bar?: Bar;
}

/** `times` is a ratio, `percent` a share of one core. */
export type Unit = 'ms' | 'µs' | 's' | '/s' | 'MB' | 'percent' | 'times';

/** What a median is held against; never asserted as a time in a test. */
export type Bar = { readonly atMost: number } | { readonly atLeast: number };
