/** Says what is going on; each step is one line that ends with its duration once it is done. */
export interface Progress {
  /** A line of its own. */
  readonly note: (text: string) => void;
  /** Announces `text`, runs `work`, and says how long it took when that is more than a moment. Errors pass through. */
  readonly step: <T>(text: string, work: () => Promise<T>) => Promise<T>;
}

/** Below this a duration is not worth reading. */
const MOMENT_MS = 1_000;

/** Progress on standard output, one line per piece of news, so that it reads the same in a terminal and in a log of CI. */
export const printedProgress: Progress = {
  note: (text) => console.log(`  ${text}`),
  step: async (text, work) => {
    console.log(`  ${text} …`);
    const began = Date.now();
    const result = await work();
    const durationMs = Date.now() - began;
    if (durationMs >= MOMENT_MS) console.log(`  ${text}: done in ${(durationMs / 1000).toFixed(1)} s`);
    return result;
  },
};

/** No output at all, for callers that print their own. */
export const silentProgress: Progress = { note: () => undefined, step: (_text, work) => work() };
