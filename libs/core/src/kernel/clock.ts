/** Where time comes from. Core never reads the system's clock, so that every rule about time can be tested without waiting. */
export interface Clock {
  now(): Date;
  /**
   * Milliseconds since some moment of this process: it only rises, and evenly, also when somebody sets the machine's clock. For
   * how long something has lasted and how long it still may; never stored, never compared with another process's.
   */
  steadyMs(): number;
  /** Resolves after `ms` milliseconds. Used between tries to reach a server that is away, and to wait for leave to send. */
  sleep(ms: number): Promise<void>;
}
