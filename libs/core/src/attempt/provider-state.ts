import type { Outcome, OutcomeDetail } from './outcome.js';

/** Why nothing is sent: the account is refused, the road is closed, or too many messages fail in the same way. */
export type HaltCause = OutcomeDetail & { readonly scope: 'account' | 'road' | 'failures' };

/** Who does the one thing that may be done once at a time, and until when it is theirs. */
export interface Claim {
  /** Unique for each claim. */
  readonly holder: string;
  readonly until: Date;
}

interface Halt {
  readonly cause: HaltCause;
  /** Since when nothing is sent. */
  readonly since: Date;
  /** The wait before the next probe; doubled each time the provider is found halted still. */
  readonly backOffMs: number;
}

/**
 * Whether the provider takes messages, one state for all workers (architecture.md, halt and breaker):
 *
 * ```
 *            account refused · road closed · too many fail
 *  closed ─────────────────────────────────────────────────▶ open ◀─────────────────┐
 *    ▲                                                        │ a good probe         │ the trial is halted
 *    │ the trial is answered: accepted, refused, deferred     ▼                      │ or not answered
 *    └──────────────────────────────────────────────────── half_open ────────────────┘
 * ```
 *
 * In `open` one worker at a time probes, from `probeAt` on; in `half_open` one waiting notification over all workers is sent.
 */
export type ProviderState =
  | { readonly kind: 'closed'; readonly since?: Date }
  | (Halt & { readonly kind: 'open'; readonly probeAt: Date; readonly probe?: Claim })
  | (Halt & { readonly kind: 'half_open'; readonly trial?: Claim });

/** The first and the longest wait before a probe, in milliseconds. */
export interface BackOff {
  readonly minMs: number;
  readonly maxMs: number;
}

/** What a probe found: sending may be tried, it would be in vain, or the provider answers, but not as it should. */
export type ProbeFinding =
  { readonly kind: 'good' } | { readonly kind: 'halted'; readonly cause: HaltCause } | { readonly kind: 'unclear' };

/** closed → open. What was asked before the provider recovered says nothing of now, and who is open stays so. */
export function halt(
  state: ProviderState,
  cause: HaltCause,
  askedAt: Date,
  now: Date,
  backOff: BackOff,
): ProviderState | undefined {
  if (state.kind !== 'closed') return undefined;
  // A recovery that is yet to come was seen before somebody set the clock back: it says nothing either.
  if (state.since !== undefined && state.since <= now && askedAt < state.since) return undefined;
  return { kind: 'open', cause, since: now, backOffMs: backOff.minMs, probeAt: later(now, backOff.minMs) };
}

/** Takes the probe when it is due and nobody has it. */
export function claimProbe(state: ProviderState, claim: Claim, now: Date): ProviderState | undefined {
  if (state.kind !== 'open' || !isDue(state, now) || isHeld(state.probe, now, lengthOf(claim, now))) return undefined;
  return { ...state, probe: claim };
}

/**
 * open → half_open, or a longer wait. An unclear answer counts as halted until the wait is at its longest: a probe that the
 * provider answers oddly must not halt everything for ever, and then one message in `maxMs` is a fair price.
 */
export function concludeProbe(
  state: ProviderState,
  holder: string,
  finding: ProbeFinding,
  now: Date,
  backOff: BackOff,
): ProviderState | undefined {
  if (state.kind !== 'open' || state.probe?.holder !== holder) return undefined;
  const { since, backOffMs } = state;
  const cause = finding.kind === 'halted' ? finding.cause : state.cause;
  const mayTry = finding.kind === 'good' || (finding.kind === 'unclear' && backOffMs >= backOff.maxMs);
  return mayTry ? { kind: 'half_open', cause, since, backOffMs } : openAgain(state, cause, now, backOff);
}

/** Takes the one message that tries whether the provider is back. */
export function claimTrial(state: ProviderState, claim: Claim, now: Date): ProviderState | undefined {
  if (state.kind !== 'half_open' || isHeld(state.trial, now, lengthOf(claim, now))) return undefined;
  return { ...state, trial: claim };
}

/** half_open → closed or open. Any answer about the message proves that account and road are open. */
export function concludeTrial(
  state: ProviderState,
  holder: string,
  outcome: Outcome,
  now: Date,
  backOff: BackOff,
): ProviderState | undefined {
  if (state.kind !== 'half_open' || state.trial?.holder !== holder) return undefined;
  switch (outcome.kind) {
    case 'accepted':
    case 'refused':
    case 'deferred':
    case 'throttled':
      return { kind: 'closed', since: now };
    case 'halted':
      return openAgain(state, haltCauseOf(outcome) ?? state.cause, now, backOff);
    case 'unknown':
      return openAgain(state, state.cause, now, backOff);
  }
}

/** The trial was not sent after all; another message may try. */
export function releaseTrial(state: ProviderState, holder: string): ProviderState | undefined {
  if (state.kind !== 'half_open' || state.trial?.holder !== holder) return undefined;
  const { trial: _, ...rest } = state;
  return rest;
}

/** True while somebody tries; nobody else may. A claim lasts `claimMs`. */
export function isTried(state: ProviderState, now: Date, claimMs: number): boolean {
  return state.kind === 'half_open' && isHeld(state.trial, now, claimMs);
}

/** The cause of a halt that one outcome alone is enough for. */
export function haltCauseOf(outcome: Outcome): HaltCause | undefined {
  if (outcome.kind !== 'halted') return undefined;
  const { kind: _, ...cause } = outcome;
  return cause;
}

function openAgain(halted: Halt, cause: HaltCause, now: Date, { minMs, maxMs }: BackOff): ProviderState {
  const backOffMs = Math.max(minMs, Math.min(halted.backOffMs * 2, maxMs));
  return { kind: 'open', cause, since: halted.since, backOffMs, probeAt: later(now, backOffMs) };
}

function isDue({ probeAt, backOffMs }: Extract<ProviderState, { kind: 'open' }>, now: Date): boolean {
  return !isAhead(probeAt, now, backOffMs);
}

function isHeld(claim: Claim | undefined, now: Date, claimMs: number): boolean {
  return claim !== undefined && isAhead(claim.until, now, claimMs);
}

/**
 * What was set to come within `mostMs` and is farther off than twice that was set before the clocks were set back, and has come;
 * twice, because the clocks of two machines are never quite the same.
 */
function isAhead(instant: Date, now: Date, mostMs: number): boolean {
  const aheadMs = instant.getTime() - now.getTime();
  return aheadMs > 0 && aheadMs <= 2 * mostMs;
}

function lengthOf({ until }: Claim, now: Date): number {
  return until.getTime() - now.getTime();
}

function later(instant: Date, ms: number): Date {
  return new Date(instant.getTime() + ms);
}
