import { parseArgs } from 'node:util';
import { PlainError } from '../plain-error.js';
import { type FigureName, figureNames } from './figure-names.js';

/** What a run is asked to do. */
export interface BenchRequest {
  /** Measure nothing else. */
  readonly only: readonly FigureName[];
  /** How often each figure is measured; the median counts. */
  readonly runs: number;
  /** Small counts and few runs: shows that everything works, not how fast it is. */
  readonly short: boolean;
  /** Events of the backlog. */
  readonly backlog: number;
  /** Notifications of the large record. */
  readonly notifications: number;
  /** Leaves filled records in the database, and takes them again within a day. */
  readonly keep: boolean;
  /** Where everything that was measured goes as JSON. */
  readonly json?: string;
}

/** Shown when an argument is wrong. */
export const usage = `npm run bench -- [options]

  --only A,B           measure nothing but these: ${figureNames.join(', ')}
  --runs N             how often each figure is measured; the median counts (default 5; 1 in the short form)
  --short              small counts: shows that everything works, not how fast it is
  --backlog N          events of the backlog (default 20000; 1000 in the short form; quality.md wants 100000)
  --notifications N    size of the large record (default 1000000; 20000 in the short form)
  --keep               leaves the filled records, and takes them again within a day (2 GB)
  --json FILE          writes every single value, the machine and the versions`;

/**
 * Reads the arguments.
 *
 * @throws PlainError that says what is wrong.
 */
export function readBenchRequest(args: readonly string[]): BenchRequest {
  const values = parse(args);
  const short = values.short === true;
  return {
    only: (values.only ?? figureNames.join(',')).split(',').map(figureName),
    runs: count('--runs', values.runs ?? (short ? '1' : '5')),
    short,
    backlog: count('--backlog', values.backlog ?? (short ? '1000' : '20000')),
    notifications: count('--notifications', values.notifications ?? (short ? '20000' : '1000000')),
    keep: values.keep === true,
    ...(values.json !== undefined && { json: values.json }),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = { only: text, runs: text, backlog: text, notifications: text, json: text, short: flag, keep: flag };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function count(option: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= 10_000_000) return number;
  throw new PlainError(`${option} must be a whole number from 1 on, but is "${value}".\n\n${usage}`);
}

function figureName(word: string): FigureName {
  const found = figureNames.find((name) => name === word);
  if (found !== undefined) return found;
  throw new PlainError(`--only must be some of ${figureNames.join(', ')}, but is "${word}".\n\n${usage}`);
}
