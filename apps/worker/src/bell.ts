/** Tells whoever listens, in this process, that there is something to do now instead of at the next round. Keeps no call. */
export class Bell {
  private readonly listeners = new Set<() => void>();

  /** The listener must not throw. Returns how to end it. */
  onRing(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  ring(): void {
    for (const listener of this.listeners) listener();
  }
}
