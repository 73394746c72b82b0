import { type Reporter } from '@earlybird/core';

/** One reporter that tells several. */
export function reportToAll(...reporters: readonly Reporter[]): Reporter {
  return {
    report(happening) {
      for (const reporter of reporters) reporter.report(happening);
    },
  };
}
