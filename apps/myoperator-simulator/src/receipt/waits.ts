/** Waits that can all be broken off at once. One timer each, without an AbortSignal: tens of thousands may be under way. */
export class Waits {
  private readonly waiting = new Map<NodeJS.Timeout, (elapsed: boolean) => void>();

  /** True when the time has passed, false when the wait was broken off. */
  async wait(delayMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.waiting.delete(timer);
        resolve(true);
      }, delayMs);
      this.waiting.set(timer, resolve);
    });
  }

  breakOff(): void {
    for (const [timer, resolve] of this.waiting) {
      clearTimeout(timer);
      resolve(false);
    }
    this.waiting.clear();
  }
}
