import { FakeClock, MemoryValue, outcomes } from '@earlybird/testing';
import type { Outcome } from './outcome.js';
import type { GatePass } from './provider-gate.js';
import type { ProbeFinding, ProviderState } from './provider-state.js';
import { BreakerGate } from './breaker-gate.js';

const accepted: Outcome = { kind: 'accepted', providerMessageId: 'wamid' };
const phone = '+919876543210';

/** Some workers with one gate each, over one store. */
function workers(count: number) {
  const clock = new FakeClock();
  const store = new MemoryValue<ProviderState>();
  const backOff = { minMs: 30_000, maxMs: 600_000 };
  const gates = Array.from(
    { length: count },
    (_, index) => new BreakerGate({ store, clock, worker: `worker-${index}`, backOff, claimMs: 35_000 }),
  );
  const [gate, other] = gates as [BreakerGate, BreakerGate];
  return { clock, store, gates, gate, other };
}

async function haltedBy(gate: BreakerGate): Promise<void> {
  await gate.tell(await gate.enter(), phone, outcomes.halted);
}

const good = (): Promise<ProbeFinding> => Promise.resolve({ kind: 'good' });
const bad = (): Promise<ProbeFinding> => Promise.resolve({ kind: 'halted', cause: { scope: 'road', reason: 'dns' } });

describe('the gate', () => {
  it('is open at first, and stays so whatever a single message comes to', async () => {
    const { gate } = workers(1);
    for (const outcome of [accepted, outcomes.deferred, outcomes.refused, outcomes.unknown]) {
      const pass = await gate.enter();
      expect(pass.kind).toBe('open');
      await gate.tell(pass, phone, outcome);
    }
    expect(await gate.isHalted()).toBe(false);
  });

  it('asks the store once a second while messages flow, and never while none does', async () => {
    const { gate, store, clock } = workers(1);
    await Promise.all(Array.from({ length: 100 }, () => gate.enter()));
    expect(store.calls).toBe(1);
    await clock.advance(999);
    await gate.enter();
    expect(store.calls).toBe(1);
    await clock.advance(1);
    await gate.enter();
    expect(store.calls).toBe(2);
    await clock.advance(3_600_000);
    expect(store.calls).toBe(2);
  });

  it('halts at once by what a receipt says of the account, unless the provider has recovered since', async () => {
    const { gate, other, clock } = workers(2);
    const cause = { scope: 'account', reason: 'account_unpaid' } as const;
    await gate.halt(cause, clock.now());
    expect(await gate.enter()).toEqual({ kind: 'halted', cause });
    const saidBefore = clock.now();
    await clock.advance(30_000);
    await gate.tend(good);
    await gate.tell(await gate.enter(), phone, accepted);
    await other.halt(cause, saidBefore);
    expect(await gate.isHalted()).toBe(false);
  });

  it('halts at the first halted message, at once here and within a second elsewhere', async () => {
    const { gate, other, clock } = workers(2);
    await other.enter();
    await haltedBy(gate);
    expect(await gate.enter()).toMatchObject({
      kind: 'halted',
      cause: { scope: 'road', reason: 'connection_refused' },
    });
    await clock.advance(1_000);
    expect((await other.enter()).kind).toBe('halted');
  });

  it('halts once when a hundred messages meet the halt', async () => {
    const { gate, store } = workers(1);
    const passes = await Promise.all(Array.from({ length: 100 }, () => gate.enter()));
    await Promise.all(passes.map((pass) => gate.tell(pass, phone, outcomes.halted)));
    expect((await store.read())?.revision).toBe(1);
  });

  it('halts when most recipients fail', async () => {
    const { gate } = workers(1);
    for (let index = 0; index < 50; index += 1)
      await gate.tell(await gate.enter(), `${phone}${index}`, outcomes.unknown);
    expect(await gate.enter()).toMatchObject({ kind: 'halted', cause: { scope: 'failures' } });
  });

  it('is found halted by a worker that starts then', async () => {
    const { gate, other } = workers(2);
    await haltedBy(gate);
    expect((await other.look()).kind).toBe('open');
    expect((await other.enter()).kind).toBe('halted');
  });

  it('is probed by one worker, when it is time', async () => {
    const { gates, gate, clock } = workers(3);
    await haltedBy(gate);
    let probes = 0;
    const counted = () => ((probes += 1), bad());
    const tendAll = () => Promise.all(gates.map((each) => each.tend(counted)));
    await tendAll();
    expect(probes).toBe(0);
    await clock.advance(30_000);
    await tendAll();
    expect(probes).toBe(1);
    await clock.advance(59_999);
    await tendAll();
    expect(probes).toBe(1);
    await clock.advance(1);
    await tendAll();
    expect(probes).toBe(2);
  });

  it('lets exactly one message of all workers try after a good probe, and all when it is answered', async () => {
    const { gates, gate, clock, store } = workers(3);
    await haltedBy(gate);
    await clock.advance(30_000);
    await gate.tend(good);
    const passes: GatePass[] = [];
    const entering = gates.flatMap((each) =>
      Array.from({ length: 20 }, () => each.enter().then((pass) => void passes.push(pass))),
    );
    await clock.advance(400);
    expect(passes.map(({ kind }) => kind)).toEqual(['trial']);
    const [trial] = passes as [GatePass];
    // Each worker looks five times a second, not each message.
    expect(store.calls).toBeLessThan(100);
    await gates[0]?.tell(trial, phone, accepted);
    await clock.advance(1_000);
    await Promise.all(entering);
    expect(passes.slice(1).every(({ kind }) => kind === 'open')).toBe(true);
    expect(passes).toHaveLength(60);
  });

  it('opens again when the trial is halted; whoever waited for it is told within two seconds', async () => {
    const { gate, other, clock } = workers(2);
    await haltedBy(gate);
    await clock.advance(30_000);
    await gate.tend(good);
    const trial = await gate.enter();
    const waiting = other.enter();
    await clock.advance(1_000);
    await gate.tell(trial, phone, outcomes.halted);
    expect(gate.state).toMatchObject({ kind: 'open', backOffMs: 60_000 });
    await clock.advance(200);
    expect((await waiting).kind).toBe('halted');
  });

  it('holds nobody longer than two seconds when the trial takes its time', async () => {
    const { gate, other, clock } = workers(2);
    await haltedBy(gate);
    await clock.advance(30_000);
    await gate.tend(good);
    await gate.enter();
    const waiting = other.enter();
    await clock.advance(2_000);
    expect((await waiting).kind).toBe('halted');
  });

  it('gives the trial to another message when it was not sent, or when its worker is gone', async () => {
    const { gate, other, clock } = workers(2);
    await haltedBy(gate);
    await clock.advance(30_000);
    await gate.tend(good);
    await gate.leave(await gate.enter());
    const second = await other.enter();
    expect(second.kind).toBe('trial');
    await clock.advance(35_000);
    const third = await gate.enter();
    expect(third.kind).toBe('trial');
    // The one that was given up says nothing any more.
    await other.tell(second, phone, outcomes.halted);
    expect((await gate.look()).kind).toBe('half_open');
    await gate.tell(third, phone, accepted);
    expect((await other.look()).kind).toBe('closed');
  });

  it('is tried with a message when there is no probe', async () => {
    const { gate, clock } = workers(1);
    await haltedBy(gate);
    await clock.advance(30_000);
    await gate.tend();
    expect((await gate.enter()).kind).toBe('trial');
  });

  it('does not mind answers to what left before the recovery', async () => {
    const { gate, clock } = workers(1);
    const early = await gate.enter();
    await haltedBy(gate);
    await clock.advance(30_000);
    await gate.tend(good);
    await gate.tell(await gate.enter(), phone, accepted);
    await gate.tell(early, phone, outcomes.halted);
    expect((await gate.enter()).kind).toBe('open');
  });

  it('tells of every change once, in every worker that looks', async () => {
    const { gate, other, clock } = workers(2);
    const seen: string[] = [];
    for (const [name, each] of [
      ['gate', gate],
      ['other', other],
    ] as const)
      each.onChange((state) => seen.push(`${name} ${state.kind}`));
    await haltedBy(gate);
    await other.look();
    await other.look();
    await clock.advance(30_000);
    await gate.tend(good);
    await gate.tell(await gate.enter(), phone, accepted);
    await other.look();
    expect(seen.filter((line) => line.startsWith('other'))).toEqual(['other open', 'other closed']);
    expect(seen.filter((line) => line === 'gate closed')).toHaveLength(1);
  });

  describe('when somebody sets the clock back by an hour', () => {
    const hour = 3_600_000;

    it('sees within a second that another worker has halted, as ever', async () => {
      const { gate, other, clock } = workers(2);
      await other.enter();
      clock.set(-hour);
      await haltedBy(gate);
      await clock.advance(1_000);
      expect((await other.enter()).kind).toBe('halted');
    });

    it('holds nobody longer than two seconds for a trial', async () => {
      const { gate, other, clock } = workers(2);
      await haltedBy(gate);
      await clock.advance(30_000);
      await gate.tend(good);
      await gate.enter();
      const waiting = other.enter();
      await clock.advance(1_000);
      // By little, so that the trial is still its worker's.
      clock.set(-20_000);
      await clock.advance(1_000);
      expect((await waiting).kind).toBe('halted');
    });

    it('probes at once what would wait for more than twice its back-off', async () => {
      const { gate, clock } = workers(1);
      await haltedBy(gate);
      clock.set(-hour);
      expect(await gate.tend(good)).toEqual({ kind: 'good' });
    });

    it('gives probe and trial of a worker that is gone to another', async () => {
      const { gate, other, clock } = workers(2);
      await haltedBy(gate);
      await clock.advance(30_000);
      void gate.tend(() => new Promise(() => undefined));
      await clock.advance(0);
      clock.set(-hour);
      expect(await other.tend(good)).toEqual({ kind: 'good' });
      expect((await other.enter()).kind).toBe('trial');
      clock.set(-hour);
      await clock.advance(1_000);
      expect((await gate.enter()).kind).toBe('trial');
    });

    it('halts although the last recovery is yet to come', async () => {
      const { gate, clock } = workers(1);
      await haltedBy(gate);
      await clock.advance(30_000);
      await gate.tend(good);
      await gate.tell(await gate.enter(), phone, accepted);
      clock.set(-hour);
      await haltedBy(gate);
      expect((await gate.enter()).kind).toBe('halted');
    });
  });

  it('probes once, not twice, when somebody sets the clock forward by an hour', async () => {
    const { gates, gate, clock } = workers(3);
    await haltedBy(gate);
    clock.set(3_600_000);
    let probes = 0;
    const tendAll = () => Promise.all(gates.map((each) => each.tend(() => ((probes += 1), bad()))));
    await tendAll();
    await tendAll();
    expect(probes).toBe(1);
  });
});
