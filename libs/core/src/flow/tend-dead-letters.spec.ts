import {
  aNotification,
  after,
  MemoryCommandDesk,
  MemoryDesk,
  MemoryDutyRoster,
  MemoryParkedEvents,
  Stage,
} from '@earlybird/testing';
import type { ParkedEvent } from '../event/parked-event.js';
import type { Notification } from '../notification/notification.js';
import type { DeadLetter, DeadLetterQueues, Fate } from './dead-letters.js';
import { tendDeadLetters } from './tend-dead-letters.js';

/** Hands over what a test put there, two at a time, and remembers what was decided. */
class Lying implements DeadLetterQueues {
  readonly fates: Fate[] = [];

  constructor(private readonly letters: readonly DeadLetter[]) {}

  async walk(judge: (letters: readonly DeadLetter[]) => Promise<readonly Fate[]>): Promise<number> {
    for (let from = 0; from < this.letters.length; from += 2)
      this.fates.push(...(await judge(this.letters.slice(from, from + 2))));
    return this.letters.length;
  }
}

function staged() {
  const stage = new Stage();
  const parkedEvents = new MemoryParkedEvents();
  const commandDesk = new MemoryCommandDesk();
  const duties = new MemoryDutyRoster();
  const parts = { ...stage.worker(), desk: new MemoryDesk(stage.log), parkedEvents, commandDesk, duties };
  const tend = async (...letters: readonly DeadLetter[]) => {
    const deadLetters = new Lying(letters);
    const looked = await tendDeadLetters({ ...parts, deadLetters })();
    return { looked, fates: deadLetters.fates };
  };
  const kept = (notification: Partial<Notification>) => stage.keep(aNotification(notification));
  return { stage, parkedEvents, commandDesk, duties, parts, tend, kept };
}

const queue = 'notifications.dispatch';
const dispatch = (notificationId: string, byBroker: boolean, attempt = 1): DeadLetter => ({
  kind: 'dispatch',
  queue,
  byBroker,
  notificationId,
  attempt,
});
const resolved = { by: 'asha', at: after(1), how: 'resent' };

describe('what the broker gave up', () => {
  it.each(['scheduled', 'queued', 'sending', 'retrying'] as const)(
    'makes a %s notification failed for poison, and its envelope says so',
    async (status) => {
      const { stage, tend, kept } = staged();
      const { id, correlationId } = await kept({ status });
      expect((await tend(dispatch(id, true))).fates).toEqual([{ reason: 'poison' }]);
      expect(stage.now(id)).toMatchObject({ status: 'failed', statusReason: 'poison' });
      expect(stage.now(id).wakeAt).toBeUndefined();
      expect(stage.reporter.of('poison_adopted')).toEqual([
        { kind: 'poison_adopted', queue, reason: 'poison', notificationId: id, correlationId },
      ]);
      expect(stage.reporter.of('status_changed')).toMatchObject([{ status: 'failed', reason: 'poison' }]);
    },
  );

  it.each(['failed', 'unknown'] as const)('leaves a notification %s as it is', async (status) => {
    const { stage, tend, kept } = staged();
    const { id } = await kept({ status, statusReason: 'attempts_exhausted' });
    expect((await tend(dispatch(id, true))).fates).toEqual([{ reason: 'poison' }]);
    expect(stage.now(id)).toMatchObject({ status, statusReason: 'attempts_exhausted' });
  });

  it('is dropped when another copy of it has come to its end', async () => {
    const { tend, kept } = staged();
    const { id } = await kept({ status: 'delivered' });
    expect((await tend(dispatch(id, true))).fates).toEqual(['drop']);
  });

  it('waits for a person when it names a notification that nobody knows', async () => {
    expect((await staged().tend(dispatch('msg_nobody', true))).fates).toEqual([{ reason: 'notification_missing' }]);
  });

  it('answers a command as failed, and is gone', async () => {
    const { tend, commandDesk } = staged();
    const order = { id: 'cmd_1', command: { kind: 'release_waiting' }, by: 'asha', at: after(0) } as const;
    await commandDesk.open(order);
    const letter = { kind: 'command', queue: 'notifications.commands', byBroker: true, commandId: 'cmd_1' } as const;
    expect((await tend(letter)).fates).toEqual(['drop']);
    expect((await commandDesk.find('cmd_1'))?.answer).toEqual({ kind: 'failed', reason: 'poison' });
  });

  it('of anything else gets the reason', async () => {
    const { tend } = staged();
    const other = { kind: 'other', queue: 'notifications.receipts' } as const;
    expect((await tend({ ...other, byBroker: true }, { ...other, byBroker: false })).fates).toEqual([
      { reason: 'poison' },
      'keep',
    ]);
  });
});

describe('dispatch envelopes that we set aside', () => {
  it('stay while their notification waits for a person, and are dropped when it does not any more', async () => {
    const { tend, kept } = staged();
    const all = await Promise.all([
      kept({ status: 'failed' }),
      kept({ status: 'failed', resolved }),
      kept({ status: 'read' }),
      kept({ status: 'retrying' }),
    ]);
    const { fates, looked } = await tend(...all.map(({ id }) => dispatch(id, false)));
    expect([looked, fates]).toEqual([4, ['keep', 'drop', 'drop', 'keep']]);
  });

  it('lie there once: a second copy is dropped', async () => {
    const { tend, kept } = staged();
    const { id } = await kept({ status: 'failed' });
    const letters = [dispatch(id, false, 3), dispatch(id, false, 2), dispatch(id, false, 3)];
    expect((await tend(...letters)).fates).toEqual(['keep', 'keep', 'drop']);
  });
});

describe('events in their dead-letter queue', () => {
  const parked: ParkedEvent = {
    id: 'digest-1',
    reason: 'poison',
    detail: '',
    publisher: 'svc-order',
    routingKey: 'order.created',
    body: 'e30=',
    parkedAt: after(0),
  };
  const event = (byBroker: boolean, parts: Partial<ParkedEvent> = {}): DeadLetter => ({
    kind: 'event',
    queue: 'notifications.events',
    byBroker,
    parked: { ...parked, ...parts },
  });
  const settled = { by: 'asha', at: after(1), how: 'replayed' } as const;

  it('are recorded when the broker put them there, also when they had been settled before', async () => {
    const { tend, parkedEvents, stage } = staged();
    await parkedEvents.record({ ...parked, settled });
    expect((await tend(event(true))).fates).toEqual([{ reason: 'poison' }]);
    expect(await parkedEvents.findAll(['digest-1'])).toEqual([parked]);
    expect(stage.reporter.of('poison_adopted')).toMatchObject([{ queue: 'notifications.events' }]);
  });

  it('are recorded when nobody had done so', async () => {
    const { tend, parkedEvents } = staged();
    expect((await tend(event(false, { reason: 'unprocessable' }))).fates).toEqual(['keep']);
    expect(await parkedEvents.findAll(['digest-1'])).toMatchObject([{ reason: 'unprocessable' }]);
  });

  it.each<[string, Partial<ParkedEvent>, Fate]>([
    ['stay while they are open', {}, 'keep'],
    ['are dropped when a person settled them', { settled }, 'drop'],
    ['are dropped when their person was erased', { body: '' }, 'drop'],
  ])('%s', async (_, parts, fate) => {
    const { tend, parkedEvents } = staged();
    const known = { ...parked, reason: 'invalid_data', ...parts } as const;
    await parkedEvents.record(known);
    expect((await tend(event(false))).fates).toEqual([fate]);
    expect(await parkedEvents.findAll(['digest-1'])).toEqual([known]);
  });
});

describe('tending', () => {
  it('is done by one worker at a time, and by the next as soon as that is through', async () => {
    const { tend, duties, kept } = staged();
    const { id } = await kept({ status: 'failed' });
    await duties.take('tend_dead_letters', 'another', after(30_000), after(0));
    expect((await tend(dispatch(id, false))).looked).toBe(0);
    await duties.leave('tend_dead_letters', 'another');
    expect((await tend(dispatch(id, false))).looked).toBe(1);
    expect(await duties.take('tend_dead_letters', 'another', after(30_000), after(0))).toBe(true);
  });

  it('gives the duty back when it fails', async () => {
    const { parts, duties } = staged();
    const broken = { walk: () => Promise.reject(new Error('broken')) };
    await expect(tendDeadLetters({ ...parts, deadLetters: broken })()).rejects.toThrow('broken');
    expect(await duties.take('tend_dead_letters', 'another', after(30_000), after(0))).toBe(true);
  });
});
