import { type Replay } from '@earlybird/core';

/** One document of `replays` (data.md): the replay itself, its id as `_id`. */
export interface StoredReplay extends Omit<Replay, 'id'> {
  readonly _id: string;
  /** When MongoDB deletes it. */
  readonly expireAt: Date;
}

const dayMs = 24 * 3_600_000;

/** The document of a new replay. It is kept as long as the notifications that it made. */
export function toStoredReplay({ id, ...replay }: Replay, retentionDays: number): StoredReplay {
  return { _id: id, ...replay, expireAt: new Date(replay.createdAt.getTime() + retentionDays * dayMs) };
}

/** The replay of a document. */
export function toReplay({ _id: id, expireAt: _expireAt, ...replay }: StoredReplay): Replay {
  return { id, ...replay };
}
