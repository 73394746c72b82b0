import { parseArgs } from 'node:util';
import { PlainError } from '../plain-error.js';

/** What can be struck. */
export const faultNames = [
  'worker',
  'workers',
  'broker',
  'alarm',
  'database',
  'connections',
  'outage',
  'simulator',
  'slow',
  'api',
] as const;
export type FaultName = (typeof faultNames)[number];

/** A rule that the worker is made to break, to show that the accounting notices. */
export const brokenRules = ['ack-before-store', 'no-idempotency-key', 'no-confirm'] as const;
export type BrokenRule = (typeof brokenRules)[number];

/** What a run is asked to do. */
export interface FaultRequest {
  readonly events: number;
  readonly kills: number;
  readonly seed: number;
  /** What a doubt leads to, for every message type; undefined leaves it as the types say. */
  readonly onUnknown?: 'hold' | 'resend';
  /** Strike nothing else. */
  readonly only: readonly FaultName[];
  /** Fewer events and kills, shorter waits, the same assertions. */
  readonly short: boolean;
  readonly workers: number;
  readonly rabbitmq: 'current' | '3.10';
  readonly break?: BrokenRule;
  /** Where the whole account goes as JSON. */
  readonly json?: string;
}

/** Shown when an argument is wrong. */
export const usage = `npm run faults -- [options]

  --events N           how many events are published (default 1000; 60 in the short form)
  --kills N            how many faults strike while they flow (default 10; 5 in the short form)
  --seed S             the same seed strikes the same victims at the same events (default: of the clock)
  --on-unknown WHAT    hold or resend, for every message type (default: as each type says)
  --only A,B           strike nothing but these: ${faultNames.join(', ')}
  --workers N          how many workers share the work (default 2)
  --rabbitmq VERSION   current or 3.10 (default current)
  --short              the form that npm test runs
  --break RULE         a worker that breaks a rule, so that the run must fail: ${brokenRules.join(', ')}
  --json FILE          writes the whole account`;

/**
 * Reads the arguments.
 *
 * @throws PlainError that says what is wrong.
 */
export function readFaultRequest(args: readonly string[], now: Date): FaultRequest {
  const { values } = parse(args);
  const short = values.short === true;
  const only = (values.only ?? faultNames.join(',')).split(',').map((name) => oneOf('--only', name, faultNames));
  return {
    events: count('--events', values.events ?? (short ? '60' : '1000'), 1),
    kills: count('--kills', values.kills ?? (short ? '5' : '10'), 0),
    seed: count('--seed', values.seed ?? String(now.getTime() % 1_000_000), 0),
    only,
    short,
    workers: count('--workers', values.workers ?? '2', 1),
    rabbitmq: oneOf('--rabbitmq', values.rabbitmq ?? 'current', ['current', '3.10']),
    ...(values['on-unknown'] !== undefined && {
      onUnknown: oneOf('--on-unknown', values['on-unknown'], ['hold', 'resend']),
    }),
    ...(values.break !== undefined && { break: oneOf('--break', values.break, brokenRules) }),
    ...(values.json !== undefined && { json: values.json }),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        events: text,
        kills: text,
        seed: text,
        'on-unknown': text,
        only: text,
        workers: text,
        rabbitmq: text,
        break: text,
        json: text,
        short: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function count(option: string, value: string, least: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least && number <= 1_000_000) return number;
  throw new PlainError(`${option} must be a whole number from ${least} on, but is "${value}".\n\n${usage}`);
}

function oneOf<const Word extends string>(option: string, value: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw new PlainError(`${option} must be one of ${words.join(', ')}, but is "${value}".\n\n${usage}`);
}
