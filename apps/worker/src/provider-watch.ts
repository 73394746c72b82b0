import { isLostInfrastructure, haltCauseOf, type ProbeFinding, type ProviderState } from '@earlybird/core';
import { type ProbeResult } from '@earlybird/myoperator';
import { type Log, type Metrics, type Verdict } from '@earlybird/ops';
import { type Provider } from './provider.js';

/** A queue that is not consumed while the provider is halted. */
export interface PausableLane {
  pause(reason: string, detail?: string): Promise<void>;
  resume(reason: string): void;
}

/** What the watch stands on. */
export interface ProviderWatchParts {
  readonly provider: Pick<Provider, 'gate' | 'probe'>;
  readonly lanes: readonly PausableLane[];
  /** Without it a halted account is tried with a waiting message. */
  readonly probes: boolean;
  readonly log: Log;
  readonly metrics: Metrics;
}

const pauseReason = 'provider_halted';
/** While halted, every worker learns within this that another has probed or that a trial is over. */
const lookEveryMs = 1_000;
/** A probe that is due and taken by another worker must not make a tight loop. */
const leastLookMs = 50;

const breakerStates = { closed: 0, half_open: 1, open: 2 } as const satisfies Record<ProviderState['kind'], number>;

/**
 * Carries the gate's state into the worker: while it is open both lanes rest, readiness says why, and the provider is probed;
 * as soon as a message may try they go on. While all is well it does nothing.
 */
export class ProviderWatch {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly parts: ProviderWatchParts) {
    parts.provider.gate.onChange((state, before) => this.follow(state, before));
  }

  /** Reads the state before anything is consumed: a worker that starts in the middle of an outage sends nothing. */
  async start(): Promise<void> {
    const { metrics, provider } = this.parts;
    metrics.set('provider_breaker_state', {}, breakerStates.closed);
    const state = await provider.gate.look();
    if (state.kind === 'open') await this.pause(state);
  }

  /** No round starts after it; resolves when the one under way has ended. */
  stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    return this.round;
  }

  /** For readiness. */
  get verdict(): Verdict {
    const { state } = this.parts.provider.gate;
    if (state.kind === 'closed') return { ok: true };
    const since = `MyOperator is halted since ${state.since.toISOString()}: ${state.cause.reason}`;
    return state.kind === 'open'
      ? { ok: false, reason: `${since}; next probe ${state.probeAt.toISOString()}` }
      : { ok: false, reason: `${since}; one message tries whether it is back` };
  }

  private follow(state: ProviderState, before: ProviderState): void {
    this.parts.metrics.set('provider_breaker_state', {}, breakerStates[state.kind]);
    if (state.kind === 'open') void this.pause(state);
    else for (const lane of this.parts.lanes) lane.resume(pauseReason);
    this.tell(state, before);
    if (state.kind !== 'closed') this.lookAgain(state);
  }

  private async pause({ cause }: Extract<ProviderState, { kind: 'open' }>): Promise<void> {
    await Promise.all(this.parts.lanes.map((lane) => lane.pause(pauseReason, cause.reason)));
  }

  private tell(state: ProviderState, before: ProviderState): void {
    const { log } = this.parts;
    if (state.kind !== 'closed' && before.kind === 'closed') {
      const { cause, backOffMs } = state;
      const { scope: _, ...detail } = cause;
      log.event('provider_halted', { ...detail, waitMs: backOffMs });
    }
    if (state.kind === 'closed' && before.kind !== 'closed')
      log.event('provider_recovered', { waitedMs: Date.now() - before.since.getTime() });
  }

  private lookAgain(state: ProviderState): void {
    clearTimeout(this.timer);
    if (this.stopped || state.kind === 'closed') return;
    const untilProbeMs = state.kind === 'open' ? state.probeAt.getTime() - Date.now() : lookEveryMs;
    const waitMs = Math.max(leastLookMs, Math.min(lookEveryMs, untilProbeMs));
    this.timer = setTimeout(() => {
      this.round = this.look();
    }, waitMs);
  }

  private async look(): Promise<void> {
    const { provider, probes, log } = this.parts;
    try {
      await provider.gate.tend(probes ? () => this.probe() : undefined);
    } catch (error) {
      // A lost server is simply the next round's work.
      if (!isLostInfrastructure(error)) log.event('round_failed', { context: 'provider watch', error });
    }
    this.lookAgain(provider.gate.state);
  }

  private async probe(): Promise<ProbeFinding> {
    const result = await this.parts.provider.probe();
    const finding = findingOf(result);
    const { reason, httpStatus } = detailOf(result);
    this.parts.log.event('provider_probed', {
      result: finding.kind,
      ...(reason === undefined ? {} : { reason }),
      ...(httpStatus === undefined ? {} : { httpStatus }),
    });
    return finding;
  }
}

/** An answer that is no more than odd shows that the provider is there; one that is slow or broken shows nothing. */
function findingOf(result: ProbeResult): ProbeFinding {
  switch (result.kind) {
    case 'open':
      return { kind: 'good' };
    case 'halted': {
      const cause = haltCauseOf(result);
      return cause === undefined ? { kind: 'unclear' } : { kind: 'halted', cause };
    }
    case 'unclear':
      return result.outcome.kind === 'unknown' || result.outcome.kind === 'deferred'
        ? { kind: 'unclear' }
        : { kind: 'good' };
  }
}

function detailOf(result: ProbeResult): { readonly reason?: string; readonly httpStatus?: number } {
  switch (result.kind) {
    case 'open':
      return { httpStatus: result.httpStatus };
    case 'halted':
      return result;
    case 'unclear':
      return result.outcome;
  }
}
