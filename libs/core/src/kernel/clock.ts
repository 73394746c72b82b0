/** Where time comes from. Core never reads the system's clock, so that every rule about time can be tested without waiting. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms` milliseconds. Used between tries to reach a server that is away, and to wait for leave to send. */
  sleep(ms: number): Promise<void>;
}
