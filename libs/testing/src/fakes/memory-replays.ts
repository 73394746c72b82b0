import type {
  Replay,
  ReplayAdvance,
  ReplayClaim,
  ReplayCreation,
  ReplayEnd,
  ReplayQuery,
  ReplayStore,
} from '@earlybird/core';
import { deepCopy } from './deep-copy.js';
import { turn } from './memory-log.js';

/** Replays in memory, with the conditional writes of the port. */
export class MemoryReplays implements ReplayStore {
  private readonly documents = new Map<string, Replay>();

  async create(replay: Replay): Promise<ReplayCreation> {
    await turn();
    const { id, idempotencyKey } = replay;
    const known = this.all().find((one) => idempotencyKey !== undefined && one.idempotencyKey === idempotencyKey);
    if (known !== undefined) return { kind: 'exists', replay: known };
    this.documents.set(id, deepCopy(replay));
    return { kind: 'created' };
  }

  async find(id: string): Promise<Replay | undefined> {
    await turn();
    return deepCopy(this.documents.get(id));
  }

  async list({ state, after, limit }: ReplayQuery): Promise<readonly Replay[]> {
    await turn();
    return this.all()
      .filter((one) => (state === undefined || one.state === state) && (after === undefined || one.id < after))
      .sort((left, right) => (left.id < right.id ? 1 : -1))
      .slice(0, limit);
  }

  async claim({ holder, now, leaseUntil }: ReplayClaim, besides: readonly string[]): Promise<Replay | undefined> {
    await turn();
    const [free] = this.all()
      .filter(({ id, state }) => state === 'running' && !besides.includes(id))
      .filter((one) => one.holder === undefined || one.holder === holder || Number(one.leaseUntil) <= now.getTime())
      .sort((left, right) => (left.id < right.id ? -1 : 1));
    if (free === undefined) return undefined;
    return this.put({ ...free, holder, leaseUntil, updatedAt: now, startedAt: free.startedAt ?? now });
  }

  async advance({ id, holder, progress, at, leaseUntil }: ReplayAdvance): Promise<boolean> {
    await turn();
    const held = this.held(id, holder);
    if (held === undefined) return false;
    this.put({ ...held, progress, leaseUntil, updatedAt: at });
    return true;
  }

  async release(id: string, holder: string): Promise<void> {
    await turn();
    const held = this.held(id, holder);
    if (held !== undefined) this.put(withoutHolder(held));
  }

  async end({ id, holder, state, reason, at, by }: ReplayEnd): Promise<boolean> {
    await turn();
    const held = this.held(id, holder);
    if (held === undefined) return false;
    const { progress, ...rest } = withoutHolder(held);
    const { waitingFor: _waitingFor, seenPerSecond: _seen, ...last } = progress ?? { waitingFor: undefined };
    this.put({
      ...rest,
      ...('counts' in last ? { progress: last } : {}),
      state,
      stateReason: reason,
      updatedAt: at,
      endedAt: at,
      ...(by === undefined ? {} : { endedBy: by }),
    });
    return true;
  }

  /** Puts a replay there, or in another shape. Answers it. */
  put(replay: Replay): Replay {
    this.documents.set(replay.id, deepCopy(replay));
    return deepCopy(replay);
  }

  clear(): void {
    this.documents.clear();
  }

  private all(): Replay[] {
    return deepCopy([...this.documents.values()]);
  }

  private held(id: string, holder: string | undefined): Replay | undefined {
    const known = deepCopy(this.documents.get(id));
    return known?.state === 'running' && (holder === undefined || known.holder === holder) ? known : undefined;
  }
}

function withoutHolder({ holder: _holder, leaseUntil: _leaseUntil, ...rest }: Replay): Replay {
  return rest;
}
