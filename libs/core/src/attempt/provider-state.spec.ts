import { after, outcomes, testStart } from '@earlybird/testing';
import fc from 'fast-check';
import type { Outcome } from './outcome.js';
import {
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

const backOff = { minMs: 30_000, maxMs: 600_000 };
const cause = { scope: 'account', reason: 'account_unauthorized', httpStatus: 401 } as const satisfies HaltCause;
const road: HaltCause = { scope: 'road', reason: 'connection_refused' };
const mine = { holder: 'mine', until: after(60_000) };
const theirs = { holder: 'theirs', until: after(60_000) };
const closed: ProviderState = { kind: 'closed' };
const open = {
  kind: 'open',
  cause,
  since: testStart,
  backOffMs: 30_000,
  probeAt: after(30_000),
} as const satisfies ProviderState;
const halfOpen = {
  kind: 'half_open',
  cause,
  since: testStart,
  backOffMs: 30_000,
} as const satisfies ProviderState;
const throttled: Outcome = { kind: 'throttled', scope: 'sender', reason: 'rate', retryAfterMs: 1_000 };
const accepted: Outcome = { kind: 'accepted', providerMessageId: 'wamid' };

describe('a halt', () => {
  it('opens what is closed, and asks for a probe after the shortest wait', () => {
    expect(halt(closed, cause, testStart, testStart, backOff)).toEqual(open);
  });

  it.each<[string, ProviderState]>([
    ['open', open],
    ['half open', halfOpen],
  ])('changes nothing that is %s already', (_kind, state) => {
    expect(halt(state, road, testStart, after(1), backOff)).toBeUndefined();
  });

  it('is no news when the provider recovered after the message had left', () => {
    const recovered: ProviderState = { kind: 'closed', since: after(10) };
    expect(halt(recovered, cause, after(9), after(20), backOff)).toBeUndefined();
    expect(halt(recovered, cause, after(10), after(20), backOff)).toMatchObject({ kind: 'open', since: after(20) });
  });

  it('follows from a halted outcome alone, with all that is known of it', () => {
    expect(haltCauseOf({ kind: 'halted', ...cause })).toEqual(cause);
    for (const outcome of [accepted, throttled, outcomes.deferred, outcomes.unknown, outcomes.refused])
      expect(haltCauseOf(outcome)).toBeUndefined();
  });
});

describe('the probe', () => {
  it('belongs to one worker at a time, from its moment on', () => {
    expect(claimProbe(open, mine, after(29_999))).toBeUndefined();
    expect(claimProbe(open, mine, after(30_000))).toEqual({ ...open, probe: mine });
    expect(claimProbe({ ...open, probe: theirs }, mine, after(59_999))).toBeUndefined();
  });

  it('is free again when the worker that had it is gone', () => {
    expect(claimProbe({ ...open, probe: theirs }, mine, after(60_000))).toEqual({ ...open, probe: mine });
  });

  it.each([closed, halfOpen])('is made only while the state is open (%j)', (state) => {
    expect(claimProbe(state, mine, after(60_000))).toBeUndefined();
    expect(concludeProbe(state, 'mine', { kind: 'good' }, after(60_000), backOff)).toBeUndefined();
  });

  it.each<[string, ProbeFinding, number, Partial<ProviderState>]>([
    ['good lets a message try', { kind: 'good' }, 30_000, { kind: 'half_open', cause, since: testStart }],
    [
      'in vain doubles the wait and tells the newest cause',
      { kind: 'halted', cause: road },
      30_000,
      { kind: 'open', cause: road, backOffMs: 60_000, probeAt: after(100_000), since: testStart },
    ],
    [
      'in vain never waits longer than the longest wait',
      { kind: 'halted', cause },
      400_000,
      { kind: 'open', backOffMs: 600_000, probeAt: after(640_000) },
    ],
    ['that is unclear waits on', { kind: 'unclear' }, 30_000, { kind: 'open', cause, backOffMs: 60_000 }],
    ['that stays unclear lets a message try all the same', { kind: 'unclear' }, 600_000, { kind: 'half_open' }],
  ])('that is %s', (_rule, finding, backOffMs, expected) => {
    const probed: ProviderState = { ...open, backOffMs, probe: mine };
    const next = concludeProbe(probed, 'mine', finding, after(40_000), backOff);
    expect(next).toMatchObject(expected);
    expect(next).not.toHaveProperty('probe');
  });

  it('of a worker that has lost its claim says nothing', () => {
    expect(concludeProbe({ ...open, probe: theirs }, 'mine', { kind: 'good' }, after(40_000), backOff)).toBeUndefined();
  });
});

describe('the trial', () => {
  const tried: ProviderState = { ...halfOpen, trial: mine };

  it('belongs to one message at a time, and to another when its worker is gone', () => {
    expect(claimTrial(halfOpen, mine, testStart)).toEqual(tried);
    expect(claimTrial(tried, theirs, after(59_999))).toBeUndefined();
    expect(isTried(tried, after(59_999), 60_000)).toBe(true);
    expect(claimTrial(tried, theirs, after(60_000))).toEqual({ ...halfOpen, trial: theirs });
    expect(isTried(tried, after(60_000), 60_000)).toBe(false);
  });

  it.each([closed, open])('is possible only half open (%j)', (state) => {
    expect(claimTrial(state, mine, testStart)).toBeUndefined();
    expect(concludeTrial(state, 'mine', accepted, testStart, backOff)).toBeUndefined();
    expect(releaseTrial(state, 'mine')).toBeUndefined();
  });

  it.each<[Outcome]>([[accepted], [outcomes.refused], [outcomes.deferred], [throttled]])(
    'closes when the provider answers about the message: %j',
    (outcome) => {
      expect(concludeTrial(tried, 'mine', outcome, after(5), backOff)).toEqual({ kind: 'closed', since: after(5) });
    },
  );

  it.each<[Outcome, HaltCause]>([
    [outcomes.halted, { scope: 'road', reason: 'connection_refused' }],
    [outcomes.unknown, cause],
  ])('opens again with twice the wait when it does not: %j', (outcome, newest) => {
    const expected = { ...open, cause: newest, backOffMs: 60_000, probeAt: after(60_005) };
    expect(concludeTrial(tried, 'mine', outcome, after(5), backOff)).toEqual(expected);
  });

  it('that was not sent leaves the next message to try', () => {
    expect(releaseTrial(tried, 'mine')).toEqual(halfOpen);
    expect(releaseTrial(tried, 'theirs')).toBeUndefined();
  });

  it('of a message that has lost its claim says nothing', () => {
    expect(concludeTrial(tried, 'theirs', accepted, testStart, backOff)).toBeUndefined();
  });
});

it('never waits less than the shortest or more than the longest, whatever befalls it, and comes out of every halt', () => {
  const findings = fc.constantFrom<ProbeFinding>(
    { kind: 'good' },
    { kind: 'unclear' },
    { kind: 'halted', cause: road },
  );
  const answers = fc.constantFrom<Outcome>(accepted, throttled, outcomes.halted, outcomes.unknown, outcomes.refused);
  fc.assert(
    fc.property(fc.array(fc.tuple(findings, answers), { maxLength: 20 }), (story) => {
      let now = testStart;
      let state = open as ProviderState;
      const step = (next: ProviderState | undefined) => (state = next ?? state);
      for (const [finding, outcome] of [...story, [{ kind: 'good' }, accepted] as const]) {
        if (state.kind === 'open') {
          expect(state.backOffMs).toBeGreaterThanOrEqual(backOff.minMs);
          expect(state.backOffMs).toBeLessThanOrEqual(backOff.maxMs);
          now = state.probeAt;
          const claim = { holder: 'w', until: new Date(now.getTime() + 1) };
          step(claimProbe(state, claim, now));
          step(concludeProbe(state, 'w', finding, now, backOff));
        }
        const claim = { holder: 'm', until: new Date(now.getTime() + 1) };
        step(claimTrial(state, claim, now));
        step(concludeTrial(state, 'm', outcome, now, backOff));
        if (state.kind === 'closed') return;
      }
      expect(state.kind).toBe('closed');
    }),
  );
});
