import type { ProviderState, ProviderStateStore, RateBook } from '@earlybird/core';
import { after, testStart } from '../builders/instant.js';

/** A store for a sender that nobody else uses, opened twice, as two workers would. */
export interface ProviderStateStoreUnderTest {
  readonly one: ProviderStateStore;
  readonly other: ProviderStateStore;
  close(): Promise<void>;
}

const halted: ProviderState = {
  kind: 'open',
  cause: { scope: 'account', reason: 'unauthorized', httpStatus: 401, errorCode: '190', detail: 'no such key' },
  since: testStart,
  backOffMs: 30_000,
  probeAt: after(30_000),
  probe: { holder: 'worker@host.example/1 ab', until: after(45_000) },
};
const states: readonly ProviderState[] = [
  { kind: 'closed' },
  { kind: 'closed', since: after(1) },
  halted,
  { kind: 'open', cause: { scope: 'road', reason: 'dns' }, since: testStart, backOffMs: 1, probeAt: after(1) },
  { kind: 'half_open', cause: halted.cause, since: testStart, backOffMs: 60_000 },
  {
    kind: 'half_open',
    cause: halted.cause,
    since: testStart,
    backOffMs: 60_000,
    trial: { holder: 'worker@host/2', until: after(1) },
  },
];
const books: readonly RateBook[] = [
  { seats: [] },
  {
    seats: [
      { worker: 'worker@host.example/1', second: 1_770_000_000, share: 12.5, shareBefore: 0, wanted: 40 },
      { worker: '$worker', second: 1_770_000_001, share: 0, shareBefore: 12.5, wanted: 1 },
    ],
  },
  { seats: [], restUntil: after(2_000) },
];

/** What every ProviderStateStore promises: values come back exactly, and of any number of changes to one revision one wins. */
export function providerStateStoreContract(name: string, makeStore: () => Promise<ProviderStateStoreUnderTest>): void {
  describe(`${name} keeps the contract of the provider state store`, () => {
    let store: ProviderStateStoreUnderTest;
    beforeEach(async () => {
      store = await makeStore();
    });
    afterEach(() => store.close());

    it('knows nothing at first', async () => {
      expect(await store.one.breaker.read()).toBeUndefined();
      expect(await store.one.rate.read()).toBeUndefined();
    });

    it('gives every state and every book back exactly, to every worker, one revision after the other', async () => {
      for (const [seen, value] of states.entries()) {
        expect(await store.one.breaker.replace(seen, value)).toBe(true);
        expect(await store.other.breaker.read()).toStrictEqual({ value, revision: seen + 1 });
      }
      for (const [seen, value] of books.entries()) {
        expect(await store.one.rate.replace(seen, value)).toBe(true);
        expect(await store.other.rate.read()).toStrictEqual({ value, revision: seen + 1 });
      }
    });

    it('keeps breaker and rate apart', async () => {
      await store.one.breaker.replace(0, halted);
      expect(await store.one.rate.read()).toBeUndefined();
    });

    it('changes nothing for who has seen another revision', async () => {
      await store.one.breaker.replace(0, halted);
      for (const seen of [0, 2, 99]) expect(await store.other.breaker.replace(seen, { kind: 'closed' })).toBe(false);
      expect(await store.one.breaker.read()).toStrictEqual({ value: halted, revision: 1 });
    });

    it.each([0, 1])('lets one of many win that change revision %i at once', async (seen) => {
      if (seen === 1) await store.one.rate.replace(0, { seats: [] });
      const rivals = Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? store.one : store.other).rate.replace(seen, { seats: [], restUntil: after(index) }),
      );
      const won = await Promise.all(rivals);
      expect(won.filter(Boolean)).toHaveLength(1);
      const kept = await store.one.rate.read();
      expect(kept).toStrictEqual({ value: { seats: [], restUntil: after(won.indexOf(true)) }, revision: seen + 1 });
    });
  });
}
