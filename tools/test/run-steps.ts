import { type Step, type StepResult } from './step.js';

/** What the run tells while it goes. */
export interface StepNews {
  readonly began: (step: Step) => void;
  readonly ended: (step: Step, result: StepResult, durationMs: number) => void;
}

/**
 * Runs each step as soon as those before which it must not begin have ended. Every step has a result in the end; an exception is a
 * failure of its step. After `signal` aborts nothing new begins.
 */
export async function runSteps(
  steps: readonly Step[],
  signal: AbortSignal,
  news: StepNews,
): Promise<readonly StepResult[]> {
  const results = new Map<string, StepResult>();
  const running = new Map<string, Promise<void>>();
  const start = (step: Step): void => {
    news.began(step);
    const began = Date.now();
    const work = resultOf(step, signal).then((result) => {
      results.set(step.name, result);
      running.delete(step.name);
      news.ended(step, result, Date.now() - began);
    });
    running.set(step.name, work);
  };

  let waiting = steps.filter(({ name }) => !results.has(name));
  while (waiting.length > 0 || running.size > 0) {
    for (const step of waiting) {
      const failedNeed = step.needs.find((need) => (results.get(need)?.failed ?? 0) > 0);
      if (signal.aborted) results.set(step.name, leftOut(step, 'interrupted'));
      else if (failedNeed !== undefined) results.set(step.name, leftOut(step, `needs ${failedNeed}`));
      else if ([...step.needs, ...step.after].every((name) => results.has(name))) start(step);
    }
    waiting = waiting.filter(({ name }) => !results.has(name) && !running.has(name));
    if (running.size > 0) await Promise.race(running.values());
  }
  return steps.flatMap(({ name }) => results.get(name) ?? []);
}

async function resultOf(step: Step, signal: AbortSignal): Promise<StepResult> {
  try {
    return await step.run(signal);
  } catch (error) {
    const text =
      error instanceof Error ? (error.name === 'PlainError' ? error.message : (error.stack ?? '')) : String(error);
    return { passed: 0, failed: 1, failures: [step.name], output: text };
  }
}

function leftOut(step: Step, reason: string): StepResult {
  return { passed: 0, failed: 1, failures: [`${step.name}: left out (${reason})`], output: '' };
}
