import { createHash } from 'node:crypto';
import type { AuditLog } from '../audit/audit-log.js';
import type { Clock } from '../kernel/clock.js';
import { newId } from '../kernel/id.js';
import { replayKey } from '../notification/idempotency-key.js';
import { maskPhone } from '../recipient/phone-number.js';
import type { ReplayStore } from '../replay/replay-store.js';
import type { Replay, ReplayFilter, ReplayPace } from '../replay/replay.js';
import type { Deed } from './cancel-notification.js';

interface Parts {
  readonly replays: ReplayStore;
  readonly audit: AuditLog;
  readonly clock: Pick<Clock, 'now'>;
}

/** Which notifications, as a client says it. */
export type ReplaySelection = Omit<ReplayFilter, 'from' | 'to'> & Partial<Pick<ReplayFilter, 'from' | 'to'>>;

/** What a client asks for. */
export interface ReplayRequest extends Deed {
  readonly selection: ReplaySelection;
  readonly pace: ReplayPace;
  /** With the client the key of this request; a client that sends none makes a new replay each time. */
  readonly idempotencyKey?: string;
}

export type ReplayStart =
  | { readonly kind: 'started' | 'repeated'; readonly replay: Replay }
  /** The key was used for another request. */
  | { readonly kind: 'conflict'; readonly replay: Replay };

/** A week: what is older was seen, or will not be. */
const defaultWindowMs = 7 * 86_400_000;

/** The filter of a selection: of the last 7 days where it does not say, and never of what is created after now, its own resends least of all. */
export function replayFilterOf({ from, to = new Date(8.64e15), ...rest }: ReplaySelection, now: Date): ReplayFilter {
  const until = to < now ? to : now;
  return { ...rest, from: from ?? new Date(until.getTime() - defaultWindowMs), to: until };
}

/** Puts a replay on record; a worker takes it up within seconds. Once per (client, key). Throws AppError `database_unavailable`. */
export function startReplay(parts: Parts): (request: ReplayRequest) => Promise<ReplayStart> {
  return async (request) => {
    const replay = replayOf(request, parts.clock.now());
    const creation = await parts.replays.create(replay);
    if (creation.kind === 'exists') {
      const isSame = creation.replay.requestDigest === replay.requestDigest;
      return { kind: isSame ? 'repeated' : 'conflict', replay: creation.replay };
    }
    const { status, messageType, cause, phone } = replay.filter;
    await parts.audit.record({
      at: replay.createdAt,
      by: request.by,
      action: 'replay_started',
      subject: replay.id,
      details: {
        status,
        ...(messageType === undefined ? {} : { messageType }),
        ...(cause === undefined ? {} : { cause }),
        ...(phone === undefined ? {} : { phone: maskPhone(phone) }),
        ratePerSecond: request.pace.ratePerSecond,
      },
    });
    return { kind: 'started', replay };
  };
}

function replayOf({ selection, pace, by, note, idempotencyKey }: ReplayRequest, now: Date): Replay {
  return {
    id: newId('replay', now),
    filter: replayFilterOf(selection, now),
    pace,
    requestedBy: by,
    ...(note === undefined ? {} : { note }),
    ...(idempotencyKey === undefined
      ? {}
      : { idempotencyKey: replayKey(by, idempotencyKey), requestDigest: digestOf(selection, pace) }),
    state: 'running',
    createdAt: now,
    updatedAt: now,
  };
}

/** What makes two bodies the same request: every field as the client chose it, times that are left out included. */
function digestOf({ status, from, to, messageType, cause, phone }: ReplaySelection, pace: ReplayPace): string {
  const { ratePerSecond, mostFailedPercent, leastOutcomes } = pace;
  const chosen = [status, from, to, messageType, cause, phone, ratePerSecond, mostFailedPercent, leastOutcomes];
  return createHash('sha256').update(JSON.stringify(chosen)).digest('hex');
}
