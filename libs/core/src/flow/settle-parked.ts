import type { CommandAnswer } from '../command/command.js';
import { isOpen, type ParkedEvent } from '../event/parked-event.js';
import type { ParkedEventStore } from '../event/parked-event-store.js';
import type { Clock } from '../kernel/clock.js';
import type { ParkedEnvelopes } from './parked-envelopes.js';

interface Parts {
  readonly parkedEvents: Pick<ParkedEventStore, 'findAll' | 'settle'>;
  readonly parkedEnvelopes: ParkedEnvelopes;
  readonly clock: Clock;
}

/**
 * Puts parked events back into the events' queue, on behalf of `by`. The figures: `replayed`, and `skipped` for those that
 * somebody settled before, that were erased, or that nobody knows. The dead-letter queue lets go of them first: an event
 * that is parked once more lies there anew. Until it is settled the record has the event, so a crash loses none; a second
 * run puts back what the first had not noted, and that does no harm.
 */
export function replayParked(parts: Parts): (ids: readonly string[], by: string) => Promise<CommandAnswer> {
  return async (ids, by) => {
    const open = await openOnes(parts, ids);
    await parts.parkedEnvelopes.drop(new Set(open.map(({ id }) => id)));
    for (const parked of open) {
      await parts.parkedEnvelopes.putBack(parked);
      await settle(parts, parked, by, 'replayed');
    }
    return { kind: 'done', figures: { replayed: open.length, skipped: new Set(ids).size - open.length } };
  };
}

/** Gives parked events up for good: their bodies and their envelopes are deleted, the record stays. The figures: `purged`, `skipped`. */
export function purgeParked(parts: Parts): (ids: readonly string[], by: string) => Promise<CommandAnswer> {
  return async (ids, by) => {
    const open = await openOnes(parts, ids);
    for (const parked of open) await settle(parts, parked, by, 'purged');
    // Those too that a run before this one settled, and did not come to drop.
    await parts.parkedEnvelopes.drop(new Set(ids));
    return { kind: 'done', figures: { purged: open.length, skipped: new Set(ids).size - open.length } };
  };
}

async function openOnes({ parkedEvents }: Parts, ids: readonly string[]): Promise<readonly ParkedEvent[]> {
  return (await parkedEvents.findAll(ids)).filter(isOpen);
}

function settle(
  { parkedEvents, clock }: Parts,
  { id, parkedAt }: ParkedEvent,
  by: string,
  how: 'replayed' | 'purged',
): Promise<boolean> {
  return parkedEvents.settle(id, parkedAt, { by, at: clock.now(), how });
}
