import { brokerAway, FakeClock, MemoryParkedEvents, after } from '@earlybird/testing';
import type { ParkedEvent } from '../event/parked-event.js';
import type { ParkedEnvelopes } from './parked-envelopes.js';
import { purgeParked, replayParked } from './settle-parked.js';

/** The dead-letter queue and the events' queue of a broker, by the ids of what lies there. */
class Queues implements ParkedEnvelopes {
  readonly dead: string[] = [];
  readonly back: string[] = [];
  away = false;
  onPutBack: (parked: ParkedEvent) => Promise<void> = () => Promise.resolve();

  async drop(ids: ReadonlySet<string>): Promise<number> {
    const kept = this.dead.filter((id) => !ids.has(id));
    return this.dead.splice(0, this.dead.length, ...kept).length - kept.length;
  }

  async putBack(parked: ParkedEvent): Promise<void> {
    if (this.away) throw brokerAway;
    this.back.push(parked.id);
    await this.onPutBack(parked);
  }
}

async function staged(...parts: readonly Partial<ParkedEvent>[]) {
  const parkedEvents = new MemoryParkedEvents();
  const queues = new Queues();
  const clock = new FakeClock(after(60_000));
  const events = parts.map((one, index): ParkedEvent => ({
    id: `id-${index}`,
    reason: 'invalid_data',
    detail: '',
    publisher: 'svc-order',
    routingKey: 'order.created',
    body: 'e30=',
    parkedAt: after(index),
    ...one,
  }));
  for (const event of events) {
    await parkedEvents.record(event);
    queues.dead.push(event.id);
  }
  const find = async (id: string) => (await parkedEvents.findAll([id]))[0];
  return { events, queues, parkedEvents, find, parts: { parkedEvents, parkedEnvelopes: queues, clock } };
}

const settled = { by: 'ravi', at: after(1), how: 'purged' } as const;

describe('replaying parked events', () => {
  it('puts them back and takes them out of the dead-letter queue, and leaves the others', async () => {
    const { queues, parts, find } = await staged({}, {}, {});
    expect(await replayParked(parts)(['id-0', 'id-2'], 'asha')).toEqual({
      kind: 'done',
      figures: { replayed: 2, skipped: 0 },
    });
    expect([queues.back, queues.dead]).toEqual([['id-0', 'id-2'], ['id-1']]);
    expect((await find('id-2'))?.settled).toEqual({ by: 'asha', at: after(60_000), how: 'replayed' });
    expect((await find('id-1'))?.settled).toBeUndefined();
  });

  it('skips what is settled, erased or unknown', async () => {
    const { queues, parts } = await staged({ settled }, { body: '' }, {});
    expect(await replayParked(parts)(['id-0', 'id-1', 'id-2', 'id-9'], 'asha')).toMatchObject({
      figures: { replayed: 1, skipped: 3 },
    });
    expect(queues.back).toEqual(['id-2']);
  });

  it('loses none when the broker goes in the middle: the next run puts them back', async () => {
    const { queues, parts, find } = await staged({});
    queues.away = true;
    await expect(replayParked(parts)(['id-0'], 'asha')).rejects.toMatchObject({ code: 'broker_unavailable' });
    expect((await find('id-0'))?.settled).toBeUndefined();
    queues.away = false;
    await replayParked(parts)(['id-0'], 'asha');
    expect([queues.back, (await find('id-0'))?.settled?.how]).toEqual([['id-0'], 'replayed']);
  });

  it('leaves open what is parked once more before it is noted', async () => {
    const { queues, parts, parkedEvents, find } = await staged({});
    queues.onPutBack = async (parked) => parkedEvents.record({ ...parked, parkedAt: after(60_001) });
    await replayParked(parts)(['id-0'], 'asha');
    expect((await find('id-0'))?.settled).toBeUndefined();
  });
});

describe('purging parked events', () => {
  it('deletes body and envelope, and keeps on record that they were there', async () => {
    const { queues, parts, find } = await staged({}, {});
    expect(await purgeParked(parts)(['id-0'], 'asha')).toEqual({ kind: 'done', figures: { purged: 1, skipped: 0 } });
    expect([queues.dead, queues.back]).toEqual([['id-1'], []]);
    expect(await find('id-0')).toMatchObject({ body: '', settled: { by: 'asha', how: 'purged' } });
  });

  it('drops what a run before had settled, and not come to drop', async () => {
    const { queues, parts } = await staged({ settled, body: '' });
    expect(await purgeParked(parts)(['id-0'], 'asha')).toMatchObject({ figures: { purged: 0, skipped: 1 } });
    expect(queues.dead).toEqual([]);
  });
});
