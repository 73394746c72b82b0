import { noCounts, type Replay, type ReplayProgress, type ReplayStore } from '@earlybird/core';
import { aReplay } from '../builders/a-replay.js';
import { after } from '../builders/instant.js';

/** An empty store of replays. */
export interface ReplayStoreUnderTest {
  readonly replays: ReplayStore;
  close(): Promise<void>;
}

const progress: ReplayProgress = {
  total: 10,
  lookedAt: 4,
  counts: { ...noCounts, resent: 3, expired: 1 },
  place: { createdAt: after(-5), id: 'msg_4' },
  seenPerSecond: 2.5,
  waitingFor: 'dispatch',
};

/** What every ReplayStore promises. */
export function replayStoreContract(name: string, make: () => Promise<ReplayStoreUnderTest>): void {
  describe(`${name} keeps the contract of the replay store`, () => {
    let under: ReplayStoreUnderTest;
    let replays: ReplayStore;
    beforeEach(async () => {
      under = await make();
      ({ replays } = under);
    });
    afterEach(() => under.close());

    const created = async (parts: Partial<Replay> = {}): Promise<Replay> => {
      const replay = aReplay(parts);
      await replays.create(replay);
      return replay;
    };
    const claim = (holder: string, atMs = 0, besides: readonly string[] = []) =>
      replays.claim({ holder, now: after(atMs), leaseUntil: after(atMs + 1_000) }, besides);

    it('gives back exactly what was created', async () => {
      const full = await created({
        filter: {
          status: 'unknown',
          from: after(-1),
          to: after(0),
          messageType: 'new_product',
          cause: 'a',
          phone: '+1',
        },
        note: 'the bank was away',
        idempotencyKey: 'key',
        requestDigest: 'digest',
      });
      const small = await created();
      expect(await replays.find(full.id)).toStrictEqual(full);
      expect(await replays.find(small.id)).toStrictEqual(small);
      expect(await replays.find('replay_nobody')).toBeUndefined();
    });

    it('creates one per key, also of many at once, and any number without a key', async () => {
      const first = aReplay({ idempotencyKey: 'key' });
      expect(await replays.create(first)).toEqual({ kind: 'created' });
      const rivals = Array.from({ length: 10 }, () => replays.create(aReplay({ idempotencyKey: 'key' })));
      for (const rival of await Promise.all(rivals)) expect(rival).toStrictEqual({ kind: 'exists', replay: first });
      await created();
      await created();
      expect(await replays.list({ limit: 10 })).toHaveLength(3);
    });

    it('lists the newest first, page by page, of one state where that is asked for', async () => {
      const ids = [];
      for (const index of [1, 2, 3]) ids.unshift((await created({ createdAt: after(index) })).id);
      await replays.end({ id: ids[1] ?? '', state: 'cancelled', reason: 'by_admin', at: after(9), by: 'asha' });
      const listed = async (query: Parameters<ReplayStore['list']>[0]) =>
        (await replays.list(query)).map(({ id }) => id);
      expect(await listed({ limit: 2 })).toEqual(ids.slice(0, 2));
      expect(await listed({ limit: 2, after: ids[1] ?? '' })).toEqual([ids[2]]);
      expect(await listed({ limit: 5, state: 'cancelled' })).toEqual([ids[1]]);
    });

    it('gives a running replay to one of many who ask at once, the oldest first', async () => {
      const [older, newer] = [await created({ createdAt: after(1) }), await created({ createdAt: after(2) })];
      const rivals = await Promise.all(Array.from({ length: 10 }, (_, index) => claim(`worker ${index}`)));
      const given = rivals.filter((one) => one !== undefined);
      expect(given.map(({ id }) => id).sort()).toEqual([older.id, newer.id].sort());
      expect(given[0]).toMatchObject({ leaseUntil: after(1_000), startedAt: after(0), updatedAt: after(0) });
      expect(await claim('late')).toBeUndefined();
    });

    it('gives it to another when the lease is over, or again to who held it, and keeps when it began', async () => {
      const { id } = await created();
      await claim('one');
      expect(await claim('other', 999)).toBeUndefined();
      expect(await claim('one', 500)).toMatchObject({ id, holder: 'one', leaseUntil: after(1_500) });
      expect(await claim('one', 500, [id])).toBeUndefined();
      expect(await claim('other', 1_500)).toMatchObject({ id, holder: 'other', startedAt: after(0) });
    });

    it('notes what its holder did, and nothing by anybody else', async () => {
      const replay = await created();
      await claim('one');
      const advance = { id: replay.id, progress, at: after(7), leaseUntil: after(2_000) };
      expect(await replays.advance({ ...advance, holder: 'one' })).toBe(true);
      expect(await replays.advance({ ...advance, holder: 'other', progress: { ...progress, lookedAt: 9 } })).toBe(
        false,
      );
      expect(await replays.find(replay.id)).toStrictEqual({
        ...replay,
        progress,
        holder: 'one',
        leaseUntil: after(2_000),
        startedAt: after(0),
        updatedAt: after(7),
      });
      const { waitingFor: _waitingFor, seenPerSecond: _seen, ...plain } = progress;
      await replays.advance({ ...advance, holder: 'one', progress: plain });
      expect((await replays.find(replay.id))?.progress).toStrictEqual(plain);
    });

    it('gives a released one to the next at once', async () => {
      const { id } = await created();
      await claim('one');
      await replays.release(id, 'other');
      expect(await claim('other')).toBeUndefined();
      await replays.release(id, 'one');
      expect(await claim('other')).toMatchObject({ id, holder: 'other' });
    });

    it('ends once, by its holder or by a person, and then nobody goes on', async () => {
      const replay = await created();
      await claim('one');
      await replays.advance({ id: replay.id, holder: 'one', progress, at: after(7), leaseUntil: after(2_000) });
      const end = { id: replay.id, state: 'stopped', reason: 'too_many_failures', at: after(8) } as const;
      expect(await replays.end({ ...end, holder: 'other' })).toBe(false);
      expect(await replays.end({ ...end, holder: 'one' })).toBe(true);
      expect(await replays.end({ ...end, state: 'cancelled', by: 'asha' })).toBe(false);
      expect(
        await replays.advance({ id: replay.id, holder: 'one', progress, at: after(9), leaseUntil: after(9) }),
      ).toBe(false);
      expect(await claim('one', 5_000)).toBeUndefined();
      const { waitingFor: _waitingFor, seenPerSecond: _seen, ...last } = progress;
      expect(await replays.find(replay.id)).toStrictEqual({
        ...replay,
        progress: last,
        state: 'stopped',
        stateReason: 'too_many_failures',
        startedAt: after(0),
        updatedAt: after(8),
        endedAt: after(8),
      });
    });

    it('is cancelled by a person whoever holds it, or before anybody does', async () => {
      const { id } = await created();
      const end = { id, state: 'cancelled', reason: 'by_admin', at: after(8), by: 'asha' } as const;
      expect(await replays.end(end)).toBe(true);
      const ended = await replays.find(id);
      expect(ended).toMatchObject({ state: 'cancelled', endedBy: 'asha' });
      expect(ended).not.toHaveProperty('progress');
      expect(await replays.end({ ...end, id: 'replay_nobody' })).toBe(false);
    });
  });
}
