import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type DomainEvent, sampleEvent } from '@earlybird/events';
import { queues } from '@earlybird/rabbitmq';
import { eventually, guardLeaks, type RunningSystem, startSystem } from '@earlybird/testing';

const run = promisify(execFile);

/** Parked because it was published under the routing key of another type: nothing in it must be changed. */
const good: DomainEvent = sampleEvent('order.created', { id: 'mended', time: new Date() });

describe('events that were set aside', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await startSystem({ api: true });
  });
  afterAll(() => system.stop());

  it('are listed with reason and headers, and nobody is recognised', async () => {
    await park(...['{"broken": "Asha Rao +919876543210"', '[1]', 'third'].map((body) => ({ body })));
    const { body } = await system.callApi('GET', '/parked');
    const { events } = body as { readonly events: readonly { readonly id: string; readonly reason: string }[] };
    expect(events.map(({ reason }) => reason).sort()).toEqual(['not_a_cloudevent', 'unreadable', 'unreadable']);
    expect(JSON.stringify(body)).toContain('x-original-routing-key');
    expect(JSON.stringify(body)).not.toMatch(/Asha|9876543210/);
  });

  it('leave the dead-letter queue when they are purged, and the others stay as they were', async () => {
    const before = await system.broker.peek(queues.eventsDead);
    const id = await idOf('not_a_cloudevent');
    expect(await system.callApi('POST', '/parked/purge', { ids: [id] })).toEqual({
      status: 200,
      body: { purged: 1, skipped: 0 },
    });
    const after = await eventually(
      async () => {
        const lying = await system.broker.peek(queues.eventsDead);
        return lying.length === before.length - 1 && lying;
      },
      { message: 'one envelope is gone' },
    );
    const told = (lying: typeof before) =>
      lying
        .filter(({ body }) => body !== '[1]')
        .map(({ body, headers }) => JSON.stringify([body, headers['x-reason'], headers['x-publisher']]));
    expect(told(after).sort()).toEqual(told(before).sort());
    const stored = await system.record.parkedEvents();
    expect(stored.find(({ _id }) => _id === id)).toMatchObject({ body: '', settled: { by: 'test', how: 'purged' } });
  });

  it('are read again when they are replayed: what is right now becomes a notification, what is not is parked anew', async () => {
    await park({ body: JSON.stringify(good), routingKey: 'product.launched' });
    // What a person mends: here the record of where it was published to.
    const mismatched = await idOf('identity_mismatch');
    const parked = system.record.collection<{ _id: string }>('envelopes_parked');
    await parked.updateOne({ _id: mismatched }, { $set: { routingKey: 'order.created' } });
    const depth = await system.broker.depth(queues.eventsDead);
    const [broken] = (await system.record.parkedEvents()).filter(({ reason }) => reason === 'unreadable');
    const answer = await system.callApi('POST', '/parked/replay', { ids: [mismatched, broken?._id] });
    expect(answer).toEqual({ status: 200, body: { replayed: 2, skipped: 0 } });
    await eventually(() => system.record.notificationOf(good.id), { message: 'the event became a notification' });
    await eventually(
      async () => {
        const again = (await system.record.parkedEvents()).find(({ _id }) => _id === broken?._id);
        return again !== undefined && again.parkedAt > (broken?.parkedAt ?? 0) && again.settled === undefined;
      },
      { message: 'what is still unreadable waits for a person again' },
    );
    // One copy of what was parked anew, none of what was mended.
    await eventually(async () => (await system.broker.depth(queues.eventsDead)) === depth - 1, {
      message: 'the depth of the dead-letter queue is true',
    });
    const audit = await system.callApi('GET', '/audit?action=parked_event_replayed');
    expect(audit.body).toMatchObject({ count: 2, entries: [{ by: 'test' }, { by: 'test' }] });
  });

  it('are handled from the command line', async () => {
    const env = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      ENV_FILE: 'none',
      JWT_SECRET: system.tokenSecret,
    };
    const parked = async (...args: readonly string[]) => {
      const command = ['dist/tools/parked/main.js', ...args, '--url', system.apiUrl];
      return (await run(process.execPath, command, { env })).stdout;
    };
    const list = await parked('list');
    const line = list.split('\n').find((one) => one.includes('unreadable')) ?? '';
    const beginning = line.slice(0, 12);
    expect(beginning).toMatch(/^[0-9a-f]{12}$/);
    expect(JSON.parse(await parked('show', beginning))).toMatchObject({
      reason: 'unreadable',
      id: expect.stringContaining(beginning) as unknown,
    });
    expect(JSON.parse(await parked('purge', beginning))).toEqual({ purged: 1, skipped: 0 });
    expect(await parked('list')).not.toContain(beginning);
    expect(await parked('list', '--settled')).toMatch(new RegExp(`${beginning}.*purged by .*@cli`));
    await expect(parked('show', 'ffffff')).rejects.toMatchObject({
      code: 1,
      stderr: 'no parked event begins with ffffff\n',
    });
  });

  /** Publishes what must be parked, and waits until it lies there. */
  async function park(
    ...publications: readonly { readonly body: string; readonly routingKey?: string }[]
  ): Promise<void> {
    const before = await system.broker.depth(queues.eventsDead);
    await system.publishRaw(
      'svc-order',
      publications.map(({ body, routingKey = 'order.created' }) => ({ body, routingKey })),
    );
    await eventually(async () => (await system.broker.depth(queues.eventsDead)) === before + publications.length, {
      message: 'all of them are set aside',
    });
  }

  async function idOf(reason: string): Promise<string> {
    const found = (await system.record.parkedEvents()).find(
      (one) => one.reason === reason && one.settled === undefined,
    );
    if (found === undefined) throw new Error(`nothing is parked as ${reason}`);
    return found._id;
  }
});

guardLeaks();
