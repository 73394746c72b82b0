/** The delays of a system under test: what takes minutes in production takes a moment here. All in milliseconds. */
export interface SystemPace {
  readonly maxAttempts: number;
  readonly retryDelayMs: number;
  readonly deferDelayMs: number;
  readonly sweepIntervalMs: number;
  readonly queuedGraceMs: number;
  readonly retryingGraceMs: number;
  readonly sendingGraceMs: number;
  /** For one request to the provider; the lease of an attempt is this, the next and 5 s. */
  readonly providerTimeoutMs: number;
  readonly providerConnectTimeoutMs: number;
  /** When the provider reports sent, delivered and read, after it accepted. */
  readonly receiptDelaysMs: readonly number[];
}

/** Three attempts within a second; graces above the few seconds for which a broker is away when it restarts. */
export const briskPace: SystemPace = {
  maxAttempts: 3,
  retryDelayMs: 300,
  deferDelayMs: 200,
  sweepIntervalMs: 500,
  queuedGraceMs: 4_000,
  retryingGraceMs: 2_000,
  sendingGraceMs: 1_000,
  providerTimeoutMs: 1_000,
  providerConnectTimeoutMs: 500,
  receiptDelaysMs: [50, 100, 150],
};
