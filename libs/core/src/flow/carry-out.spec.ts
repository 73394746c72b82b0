import { databaseAway, FakeClock, MemoryCommandDesk, RecordingReporter } from '@earlybird/testing';
import type { CommandAnswer, CommandOrder } from '../command/command.js';
import { awaitAnswer } from './await-answer.js';
import { carryOut, type Deeds } from './carry-out.js';
import { giveCommand } from './give-command.js';

const done: CommandAnswer = { kind: 'done', figures: { processed: 2 } };

const unasked = () => Promise.reject(new Error('nobody asked for it'));

function stage(deed: () => Promise<CommandAnswer> = () => Promise.resolve(done)) {
  const clock = new FakeClock();
  const commandDesk = new MemoryCommandDesk();
  const reporter = new RecordingReporter();
  const ordered: CommandOrder[] = [];
  const carriedOut: CommandOrder[] = [];
  const deeds: Deeds = {
    release_waiting: unasked,
    replay_parked: unasked,
    purge_parked: unasked,
    wake_replays: async (order) => {
      carriedOut.push(order);
      return deed();
    },
  };
  const commandQueue = { order: async (order: CommandOrder) => void ordered.push(order) };
  return { clock, commandDesk, reporter, ordered, carriedOut, deeds, commandQueue };
}

describe('giving a command', () => {
  it('puts it on record before it is on its way', async () => {
    const parts = stage();
    const found: unknown[] = [];
    const commandQueue = { order: async ({ id }: CommandOrder) => void found.push(await parts.commandDesk.find(id)) };
    const order = await giveCommand({ ...parts, commandQueue })({ kind: 'wake_replays' }, 'asha');
    expect(found).toEqual([{ id: order.id, command: { kind: 'wake_replays' }, by: 'asha', at: parts.clock.now() }]);
  });
});

describe('carrying a command out', () => {
  const given = async (parts: ReturnType<typeof stage>) => giveCommand(parts)({ kind: 'wake_replays' }, 'asha');

  it('answers it', async () => {
    const parts = stage();
    const order = await given(parts);
    await carryOut(parts)(order);
    expect(await parts.commandDesk.find(order.id)).toMatchObject({ answer: done, answeredAt: parts.clock.now() });
    expect(parts.reporter.happenings).toMatchObject([
      { kind: 'command_answered', commandId: order.id, action: 'wake_replays', client: 'asha', result: 'done' },
    ]);
  });

  it('is told of in the trace of the request that gave it', async () => {
    const parts = stage();
    const trail = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
    await carryOut(parts)(await giveCommand(parts)({ kind: 'wake_replays' }, 'asha', trail));
    expect(parts.ordered).toMatchObject([trail]);
    expect(parts.reporter.happenings).toMatchObject([{ kind: 'command_answered', ...trail }]);
  });

  it('does nothing for a copy of one that is answered', async () => {
    const parts = stage();
    const order = await given(parts);
    await carryOut(parts)(order);
    await carryOut(parts)(order);
    expect(parts.carriedOut).toHaveLength(1);
  });

  it('does it again when a server was lost in its middle', async () => {
    let away = true;
    const parts = stage(async () => {
      if (away) throw databaseAway;
      return done;
    });
    const order = await given(parts);
    await expect(carryOut(parts)(order)).rejects.toMatchObject({ code: 'database_unavailable' });
    away = false;
    await carryOut(parts)(order);
    expect((await parts.commandDesk.find(order.id))?.answer).toEqual(done);
  });

  it('does what is asked even when the record of it is gone', async () => {
    const parts = stage();
    await carryOut(parts)({ id: 'cmd_gone', command: { kind: 'wake_replays' }, by: 'asha', at: parts.clock.now() });
    expect(parts.carriedOut).toHaveLength(1);
  });
});

describe('awaiting an answer', () => {
  it('ends with the answer', async () => {
    const parts = stage();
    const order = await giveCommand(parts)({ kind: 'wake_replays' }, 'asha');
    const answer = awaitAnswer(parts)(order.id, 10_000);
    await parts.clock.advance(1_000);
    await carryOut(parts)(order);
    await parts.clock.advance(250);
    expect(await answer).toEqual(done);
  });

  it('gives up when the time is over, and when the process stops', async () => {
    const parts = stage();
    const { id } = await giveCommand(parts)({ kind: 'wake_replays' }, 'asha');
    const answer = awaitAnswer(parts)(id, 1_000);
    await parts.clock.advance(1_000);
    expect(await answer).toBeUndefined();
    expect(await awaitAnswer({ ...parts, isStopping: () => true })(id, 10_000)).toBeUndefined();
  });
});
