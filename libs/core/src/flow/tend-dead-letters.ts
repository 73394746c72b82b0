import type { CommandDesk } from '../command/command-desk.js';
import type { DutyRoster } from '../duty/duty-roster.js';
import { isOpen, type ParkedEvent } from '../event/parked-event.js';
import type { ParkedEventStore } from '../event/parked-event-store.js';
import { transitions } from '../notification/delivery-status.js';
import type { NotificationDesk } from '../notification/notification-desk.js';
import type { DeadLetter, DeadLetterQueues, Fate } from './dead-letters.js';
import type { FlowParts } from './flow-parts.js';

type Parts = Pick<FlowParts, 'notifications' | 'clock' | 'reporter' | 'worker'> & {
  readonly desk: Pick<NotificationDesk, 'findSettled'>;
  readonly parkedEvents: Pick<ParkedEventStore, 'record' | 'findAll'>;
  readonly commandDesk: Pick<CommandDesk, 'answer'>;
  readonly deadLetters: DeadLetterQueues;
  readonly duties: DutyRoster;
};

type Dispatch = Extract<DeadLetter, { readonly kind: 'dispatch' }>;
type Event = Extract<DeadLetter, { readonly kind: 'event' }>;

/** A walk takes seconds; a worker that dies in its middle holds the others up no longer than this. */
const dutyMs = 15_000;
const poison = 'poison';

/**
 * Tends the dead-letter queues, one worker at a time (broker.md): what the broker set aside itself becomes known (the
 * notification `failed`, the event parked, both with the reason `poison`), and what nobody needs to look at any more is
 * dropped, so that the depth of a queue is work that waits for a person. Answers how many envelopes it looked at; 0 when
 * another worker is at it.
 */
export function tendDeadLetters(parts: Parts): () => Promise<number> {
  return async () => {
    const now = parts.clock.now();
    const until = new Date(now.getTime() + dutyMs);
    if (!(await parts.duties.take('tend_dead_letters', parts.worker, until, now))) return 0;
    try {
      const seen = new Set<string>();
      return await parts.deadLetters.walk((letters) => judge(parts, letters, seen));
    } finally {
      // Its time ends by itself when the database is away now.
      await parts.duties.leave('tend_dead_letters', parts.worker).catch(() => undefined);
    }
  };
}

/** `seen`: what this walk has met already; a second copy of it tells nothing new. */
async function judge(parts: Parts, letters: readonly DeadLetter[], seen: Set<string>): Promise<readonly Fate[]> {
  const settled = new Set(await parts.desk.findSettled(letters.filter(isDispatch).map((one) => one.notificationId)));
  const events = await parts.parkedEvents.findAll(letters.filter(isEvent).map(({ parked }) => parked.id));
  const known = new Map(events.map((event) => [event.id, event]));
  const fates: Fate[] = [];
  for (const letter of letters) fates.push(await fateOf(parts, letter, settled, known, seen));
  return fates;
}

async function fateOf(
  parts: Parts,
  letter: DeadLetter,
  settled: ReadonlySet<string>,
  known: ReadonlyMap<string, ParkedEvent>,
  seen: Set<string>,
): Promise<Fate> {
  switch (letter.kind) {
    case 'dispatch': {
      if (settled.has(letter.notificationId)) return 'drop';
      if (isSecond(seen, `${letter.notificationId}/${letter.attempt}`)) return 'drop';
      return letter.byBroker ? adoptDispatch(parts, letter) : 'keep';
    }
    case 'event':
      return isSecond(seen, letter.parked.id) ? 'drop' : eventFate(parts, letter, known.get(letter.parked.id));
    case 'command':
      await parts.commandDesk.answer(letter.commandId, { kind: 'failed', reason: poison }, parts.clock.now());
      tell(parts, letter);
      return 'drop';
    case 'other':
      if (!letter.byBroker) return 'keep';
      tell(parts, letter);
      return { reason: poison };
  }
}

async function adoptDispatch(parts: Parts, letter: Dispatch): Promise<Fate> {
  const { notificationId: id } = letter;
  const failed = await parts.notifications.changeStatus({
    id,
    ...transitions.given_up,
    reason: poison,
    at: parts.clock.now(),
  });
  const notification = await parts.notifications.find(id);
  const correlationId = notification?.correlationId ?? id;
  if (failed)
    parts.reporter.report({
      kind: 'status_changed',
      notificationId: id,
      correlationId,
      status: 'failed',
      reason: poison,
    });
  tell(parts, letter, { notificationId: id, correlationId });
  return { reason: notification === undefined ? 'notification_missing' : poison };
}

async function eventFate(parts: Parts, letter: Event, known: ParkedEvent | undefined): Promise<Fate> {
  const { parked, byBroker } = letter;
  if (known !== undefined && !byBroker) return isOpen(known) ? 'keep' : 'drop';
  await parts.parkedEvents.record(parked);
  if (!byBroker) return 'keep';
  tell(parts, letter);
  return { reason: poison };
}

function tell(
  { reporter }: Parts,
  { queue }: DeadLetter,
  trail: { readonly notificationId?: string; readonly correlationId?: string } = {},
): void {
  reporter.report({ kind: 'poison_adopted', queue, reason: poison, ...trail });
}

function isSecond(seen: Set<string>, key: string): boolean {
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}

const isDispatch = (letter: DeadLetter): letter is Dispatch => letter.kind === 'dispatch';
const isEvent = (letter: DeadLetter): letter is Event => letter.kind === 'event';
