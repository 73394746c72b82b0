import { AppError } from '../kernel/app-error.js';
import type { Notification } from '../notification/notification.js';
import { envelopeOf } from './conclude.js';
import type { FlowParts } from './flow-parts.js';

type Parts = Pick<FlowParts, 'notifications' | 'clock'> & { readonly queue: Pick<FlowParts['queue'], 'enqueue'> };

/** After a failed enqueue the sweeper takes over this soon: the broker was just seen to be away, or a queue to be missing. */
const sweepSoonMs = 60_000;

/** Enqueues a new notification that is queued. It is stored already, so a broker that is away loses nothing: the sweeper comes by. */
export async function enqueueOrLeave(parts: Parts, notification: Notification): Promise<void> {
  try {
    await parts.queue.enqueue(envelopeOf(notification, 1));
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'database_unavailable' || notification.wakeAt === undefined)
      throw error;
    await parts.notifications.claimWaking(
      notification.id,
      notification.wakeAt,
      new Date(parts.clock.now().getTime() + sweepSoonMs),
    );
  }
}
