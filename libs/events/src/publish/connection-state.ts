/** Whether publications can be sent: `blocked` means connected, but the broker takes nothing (memory or disk alarm). */
export type PublisherState = 'connecting' | 'connected' | 'blocked' | 'closed';

/** Told of every change of state and of every failed try to connect, with the cause. Must not throw. */
export type StateListener = (state: PublisherState, cause?: unknown) => void;

/**
 * The state of one publisher, and those who wait for it to be connected.
 *
 *     connecting ⇄ connected ⇄ blocked      any → closed (final)
 */
export class ConnectionState {
  readonly #waiting = new Set<(connected: boolean) => void>();
  #current: PublisherState = 'connecting';

  constructor(private readonly listener: StateListener = () => undefined) {}

  get current(): PublisherState {
    return this.#current;
  }

  enter(state: PublisherState, cause?: unknown): void {
    if (this.#current === 'closed') return;
    this.#current = state;
    this.listener(state, cause);
    if (state !== 'connected' && state !== 'closed') return;
    for (const resolve of this.#waiting) resolve(state === 'connected');
    this.#waiting.clear();
  }

  /** Resolves `true` as soon as the state is connected, `false` when it is closed instead. */
  whenConnected(): Promise<boolean> {
    if (this.#current === 'connected' || this.#current === 'closed') {
      return Promise.resolve(this.#current === 'connected');
    }
    return new Promise((resolve) => this.#waiting.add(resolve));
  }
}
