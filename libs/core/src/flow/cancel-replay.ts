import type { AuditLog } from '../audit/audit-log.js';
import type { Clock } from '../kernel/clock.js';
import type { Reporter } from '../kernel/reporter.js';
import type { ReplayStore } from '../replay/replay-store.js';
import type { Replay } from '../replay/replay.js';
import type { Deed } from './cancel-notification.js';

interface Parts {
  readonly replays: ReplayStore;
  readonly audit: AuditLog;
  readonly clock: Pick<Clock, 'now'>;
  readonly reporter: Reporter;
}

export type ReplayCancellation =
  | { readonly kind: 'cancelled'; readonly replay: Replay }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'ended'; readonly replay: Replay };

/** Ends a running replay: its worker stops within a second. What it has resent stays resent. Throws AppError `database_unavailable`. */
export function cancelReplay(parts: Parts): (id: string, deed: Deed) => Promise<ReplayCancellation> {
  return async (id, { by, note }) => {
    const at = parts.clock.now();
    const state = 'cancelled';
    const reason = 'by_admin';
    const isDone = await parts.replays.end({ id, state, reason, at, by });
    const replay = await parts.replays.find(id);
    if (replay === undefined) return { kind: 'not_found' };
    if (!isDone) return { kind: 'ended', replay };
    const count = replay.progress?.counts.resent ?? 0;
    await parts.audit.record({
      at,
      by,
      action: 'replay_cancelled',
      subject: id,
      details: { resent: count, ...(note === undefined ? {} : { note }) },
    });
    parts.reporter.report({ kind: 'replay_ended', replayId: id, result: state, reason, count });
    return { kind: 'cancelled', replay };
  };
}
