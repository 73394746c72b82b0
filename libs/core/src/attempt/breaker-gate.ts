import { randomBytes } from 'node:crypto';
import type { Clock } from '../kernel/clock.js';
import { FailureShare } from './failure-share.js';
import type { Outcome } from './outcome.js';
import type { GatePass, ProviderGate } from './provider-gate.js';
import {
  type BackOff,
  type Claim,
  type HaltCause,
  type ProbeFinding,
  type ProviderState,
  claimProbe,
  claimTrial,
  concludeProbe,
  concludeTrial,
  halt,
  haltCauseOf,
  isTried,
  releaseTrial,
} from './provider-state.js';
import type { KeptValue } from './provider-state-store.js';

/** Within this all workers stop after one of them has met a halt (while messages flow; an idle worker does not look). */
const freshMs = 1_000;
/** The same while a trial is under way, for whoever waits for its result. */
const trialFreshMs = 200;
/** How long a message waits for the result of a trial: no longer than for the rate. */
const trialPatienceMs = 2_000;
/** Lost races for one change; each means that somebody else has changed it meanwhile. */
const mostRaces = 20;

/** What the gate stands on. */
export interface BreakerGateParts {
  readonly store: KeptValue<ProviderState>;
  readonly clock: Clock;
  /** Who claims. */
  readonly worker: string;
  readonly backOff: BackOff;
  /** How long a probe or a trial belongs to who claimed it: the lease of an attempt and what comes before it. */
  readonly claimMs: number;
}

/** The gate over all workers: one state in one document, seen by each worker at most a second old while messages flow. */
export class BreakerGate implements ProviderGate {
  private readonly failures = new FailureShare();
  private readonly listeners = new Set<(state: ProviderState, before: ProviderState) => void>();
  private seen: { readonly value: ProviderState; readonly revision: number } = {
    value: { kind: 'closed' },
    revision: 0,
  };
  /** By the steady clock. */
  private seenAt = -Infinity;
  private looking: Promise<void> | undefined;
  private trying: Promise<ProviderState | undefined> | undefined;

  constructor(private readonly parts: BreakerGateParts) {}

  /** The state as it was last seen. */
  get state(): ProviderState {
    return this.seen.value;
  }

  /** Called when another kind of state is seen, or another cause or wait. The listener must not throw. */
  onChange(listener: (state: ProviderState, before: ProviderState) => void): void {
    this.listeners.add(listener);
  }

  async enter(): Promise<GatePass> {
    const { clock } = this.parts;
    const giveUpAt = clock.steadyMs() + trialPatienceMs;
    for (;;) {
      const state = await this.look(this.state.kind === 'half_open' ? trialFreshMs : freshMs);
      const at = clock.now();
      if (state.kind === 'closed') return { kind: 'open', at };
      if (state.kind === 'open') return { kind: 'halted', cause: state.cause };
      const holder = await this.claimTrial();
      if (holder !== undefined) return { kind: 'trial', at, holder };
      if (clock.steadyMs() >= giveUpAt) return { kind: 'halted', cause: state.cause };
      await clock.sleep(trialFreshMs);
    }
  }

  async leave(pass: GatePass): Promise<void> {
    if (pass.kind === 'trial') await this.change((state) => releaseTrial(state, pass.holder));
  }

  async tell(pass: GatePass, phone: string, outcome: Outcome): Promise<void> {
    if (pass.kind === 'halted') return;
    const { clock, backOff } = this.parts;
    if (pass.kind === 'trial') {
      await this.change((state) => concludeTrial(state, pass.holder, outcome, clock.now(), backOff));
      return;
    }
    const cause = haltCauseOf(outcome) ?? this.failures.note(phone, outcome, clock.steadyMs());
    if (cause === undefined || this.state.kind !== 'closed') return;
    await this.change((state) => halt(state, cause, pass.at, clock.now(), backOff));
  }

  async halt(cause: HaltCause, askedAt: Date): Promise<void> {
    const { clock, backOff } = this.parts;
    await this.change((state) => halt(state, cause, askedAt, clock.now(), backOff));
  }

  async isHalted(): Promise<boolean> {
    return (await this.look(freshMs)).kind !== 'closed';
  }

  /** The state, no older than `mostMs`. */
  async look(mostMs = 0): Promise<ProviderState> {
    if (this.parts.clock.steadyMs() - this.seenAt >= mostMs) {
      this.looking ??= this.read().finally(() => (this.looking = undefined));
      await this.looking;
    }
    return this.state;
  }

  /**
   * Probes if the time has come and no other worker does. To be called again and again while the state is not closed. Without
   * `probe` the trial alone finds out.
   */
  async tend(probe?: () => Promise<ProbeFinding>): Promise<ProbeFinding | undefined> {
    const { clock, backOff } = this.parts;
    await this.look();
    const claim = this.newClaim();
    const claimed = await this.change((state) => claimProbe(state, claim, clock.now()));
    if (claimed === undefined) return undefined;
    const finding: ProbeFinding = probe === undefined ? { kind: 'good' } : await probe();
    await this.change((state) => concludeProbe(state, claim.holder, finding, clock.now(), backOff));
    return finding;
  }

  /** One try at a time in a worker: of all that wait, one can win. */
  private async claimTrial(): Promise<string | undefined> {
    if (this.trying !== undefined || isTried(this.state, this.parts.clock.now(), this.parts.claimMs)) return undefined;
    const claim = this.newClaim();
    this.trying = this.change((state) => claimTrial(state, claim, this.parts.clock.now()));
    try {
      return (await this.trying) === undefined ? undefined : claim.holder;
    } finally {
      this.trying = undefined;
    }
  }

  private newClaim(): Claim {
    const { worker, clock, claimMs } = this.parts;
    return {
      holder: `${worker} ${randomBytes(4).toString('hex')}`,
      until: new Date(clock.now().getTime() + claimMs),
    };
  }

  /** Makes a change against what is stored, or none: undefined when it does not apply (any more). */
  private async change(
    transition: (state: ProviderState) => ProviderState | undefined,
  ): Promise<ProviderState | undefined> {
    for (let races = 0; races < mostRaces; races += 1) {
      const { value, revision } = this.seen;
      const next = transition(value);
      if (next !== undefined && (await this.parts.store.replace(revision, next))) {
        this.see({ value: next, revision: revision + 1 });
        return next;
      }
      await this.look();
      // What does not apply to the newest either does not apply.
      if (next === undefined && this.seen.revision === revision) return undefined;
    }
    return undefined;
  }

  private async read(): Promise<void> {
    const { seen } = this;
    const kept = await this.parts.store.read();
    // A change made while the read was under way is newer than what was read.
    if (this.seen === seen) this.see(kept ?? { value: { kind: 'closed' }, revision: 0 });
  }

  private see(kept: { readonly value: ProviderState; readonly revision: number }): void {
    this.seenAt = this.parts.clock.steadyMs();
    if (kept.revision === this.seen.revision) return;
    const before = this.seen.value;
    this.seen = kept;
    if (before.kind !== 'closed' && kept.value.kind === 'closed') this.failures.clear();
    for (const listener of this.listeners) listener(kept.value, before);
  }
}
