/** One thing that is wrong with the environment. The sentence never holds a secret's value. */
export interface ConfigFault {
  readonly variable: string;
  /** Continues the variable's name: "is missing", "must be a whole number from 1 to 64 …". */
  readonly problem: string;
  /** A right assignment to copy, `NAME=value`; absent where setting nothing is the remedy. */
  readonly example?: string;
}

/** Everything that is wrong with the environment of one app, found in one go. */
export class ConfigError extends Error {
  constructor(
    readonly app: string,
    readonly faults: readonly ConfigFault[],
  ) {
    super(describeFaults(app, faults));
    this.name = 'ConfigError';
  }
}

function describeFaults(app: string, faults: readonly ConfigFault[]): string {
  const width = Math.max(...faults.map((fault) => fault.variable.length));
  const lines = faults.map(
    ({ variable, problem, example }) =>
      `  ${variable.padEnd(width)}  ${problem}.${example === undefined ? '' : ` Example: ${example}`}`,
  );
  const count = faults.length === 1 ? 'one setting is' : `${faults.length} settings are`;
  return [
    `${app} cannot start: ${count} wrong.`,
    ...lines,
    'Every setting is described in docs/configuration.md and .env.example.',
  ].join('\n');
}
