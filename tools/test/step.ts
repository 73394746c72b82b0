/** What a step of the test run came to. */
export interface StepResult {
  readonly passed: number;
  readonly failed: number;
  /** One line per failure: the name of a test, or what is wrong. */
  readonly failures: readonly string[];
  /** One line per test that failed beside others and passed alone: something to look into. */
  readonly unsteady?: readonly string[];
  /** Everything that the step printed, shown when it failed. */
  readonly output: string;
}

/** One named part of the test run. */
export interface Step {
  readonly name: string;
  /** Names of the steps that must have ended before; this one is left out (and counts as failed) when one of them failed. */
  readonly needs: readonly string[];
  /** Names of the steps that must have ended before, however they ended. */
  readonly after: readonly string[];
  /** Others run beside it. */
  readonly run: (signal: AbortSignal) => Promise<StepResult>;
}

/** A step that counts as one. */
export function oneResult(ok: boolean, name: string, output: string): StepResult {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, failures: ok ? [] : [name], output };
}
