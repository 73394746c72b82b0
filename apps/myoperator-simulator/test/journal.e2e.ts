import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JournalLine } from '../src/journal/journal-line.js';
import { readJournal } from '../src/journal/read-journal.js';
import { eventually } from '@earlybird/testing';
import { simulate, type SimulatorClient } from './support/simulator-client.js';
import { simulateApart, type SimulatorApart } from './support/simulator-apart.js';

const priya = '+919876543210';

describe('the journal', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    path = join(folder, 'journal.jsonl');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const lines = async (): Promise<readonly JournalLine[]> => {
    const read: JournalLine[] = [];
    for await (const line of readJournal(path)) read.push(line);
    return read;
  };
  const kinds = async () => (await lines()).map(({ kind }) => kind);

  describe('of a simulator that lives', () => {
    let simulator: SimulatorClient;

    beforeEach(async () => {
      simulator = await simulate({ SIMULATOR_JOURNAL: path });
    });
    afterEach(() => simulator.stop());

    it('has arrival, delivery and end of a message by the time its answer is there', async () => {
      const headers = { 'x-notification-id': 'msg_1', 'x-attempt': '2' };
      const answer = await simulator.chat(priya, 'Namaste', { headers, body: { myop_ref_id: 'msg_1:2' } });
      const written = await lines();
      const messageId = (answer.body as { data: { message_id: string } }).data.message_id;
      const names = {
        v: 1,
        request: written[0]?.request,
        at: expect.any(String) as string,
        contract: 'chat',
        recipient: priya,
        reference: 'msg_1:2',
        notificationId: 'msg_1',
        attempt: '2',
        textHash: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      };
      expect(written).toEqual([
        { ...names, kind: 'arrival' },
        { ...names, kind: 'delivery', messageId },
        { ...names, kind: 'end', ending: 'answered', status: 200, delivered: true, messageId, recipientTried: false },
      ]);
      expect(await readFile(path, 'utf8')).not.toContain('Namaste');
    });

    it.each([
      ['a refusal', () => simulator.whatsapp('+919999900001'), { status: 400, delivered: false, fault: 'error' }],
      [
        'wrong credentials',
        () => simulator.whatsapp(priya, 'x', { body: { api_key: '' } }),
        { status: 401, delivered: false },
      ],
      [
        'a body that is no JSON',
        () => simulator.call('/chat/messages', 'POST', {}, '{'),
        { status: 400, delivered: false },
      ],
    ])('has the end of %s, and no delivery', async (_, call, end) => {
      await call();
      expect(await lines()).toMatchObject([{ kind: 'arrival' }, { kind: 'end', ending: 'answered', ...end }]);
    });

    it('tells a delivery whose answer was cut', async () => {
      await expect(simulator.whatsapp('+919999900003')).rejects.toThrow();
      expect(await lines()).toMatchObject([
        { kind: 'arrival' },
        { kind: 'delivery' },
        { kind: 'end', ending: 'cut', delivered: true },
      ]);
    });

    it('tells a caller that gave up', async () => {
      await simulator.setRules({ fault: 'slow', delay_ms: 60_000 });
      const caller = new AbortController();
      const gone = expect(simulator.whatsapp(priya, 'x', { signal: caller.signal })).rejects.toThrow('abort');
      await eventually(async () => (await kinds()).includes('delivery'), { message: 'it says delivery' });
      caller.abort();
      await gone;
      await eventually(async () => (await kinds()).includes('end'), { message: 'it says end' });
      expect((await lines())[2]).toMatchObject({ kind: 'end', ending: 'given-up', delivered: true });
    });

    it('is counted live: in all, by recipient, by notification, and which were delivered twice', async () => {
      const headers = { 'x-notification-id': 'msg_1' };
      await simulator.whatsapp(priya, 'x', { headers });
      await simulator.whatsapp('+919999900001', 'x', { headers });
      await simulator.chat(priya, 'x', { body: { myop_ref_id: 'msg_1:2' } });
      await simulator.chat(priya, 'x', { body: { myop_ref_id: 'msg_2:1' } });
      expect(await simulator.requests()).toMatchObject({
        total: { arrived: 4, delivered: 3, ended: 4, open: 0 },
        by_answer: { '200': 3, '400': 1 },
        by_recipient: { [priya]: { arrived: 3, delivered: 3, open: 0 }, '+919999900001': { arrived: 1, delivered: 0 } },
        by_notification: { msg_1: { arrived: 3, delivered: 2 }, msg_2: { arrived: 1, delivered: 1 } },
        doubled: ['msg_1'],
        open: [],
      });
      expect((await simulator.requests('?notification=msg_2&limit=0')).by_notification).toMatchObject({
        msg_2: { arrived: 1 },
      });
    });
  });

  describe('of a simulator that is killed', () => {
    let apart: SimulatorApart | undefined;

    afterEach(async () => apart?.app.kill());

    it('keeps every answered message through SIGKILLs, and doubles no id', async () => {
      const answered: string[] = [];
      for (let run = 0; run < 3; run += 1) {
        apart = await simulateApart({ SIMULATOR_JOURNAL: path });
        const { client } = apart;
        const before = answered.length;
        let going = true;
        const callers = Array.from({ length: 8 }, async () => {
          while (going) {
            const answer = await client.whatsapp(priya).catch(() => undefined);
            if (answer === undefined) return;
            answered.push((answer.body as { message_id: string }).message_id);
          }
        });
        await eventually(() => answered.length - before > 100, { message: '100 calls are answered' });
        await apart.app.kill();
        going = false;
        await Promise.all(callers);
      }
      const written = await lines();
      const delivered = written.flatMap((line) => (line.kind === 'delivery' ? [line.messageId] : []));
      expect(new Set(delivered).size).toBe(delivered.length);
      expect(answered.filter((id) => !delivered.includes(id))).toEqual([]);
      expect(delivered.length - answered.length).toBeLessThanOrEqual(3 * 8);
    });

    it('goes on after a torn line, with the counts and the tries of the run before', async () => {
      const headers = { 'x-notification-id': 'msg_1' };
      apart = await simulateApart({ SIMULATOR_JOURNAL: path });
      for (const status of [500, 500]) {
        expect((await apart.client.whatsapp('+919999900002', 'x', { headers })).status).toBe(status);
      }
      await apart.app.kill();
      await appendFile(path, '{"v":1,"kind":"deliv');
      apart = await simulateApart({ SIMULATOR_JOURNAL: path });
      expect((await apart.client.whatsapp('+919999900002', 'x', { headers })).status).toBe(200);
      expect((await apart.client.requests()).by_notification).toMatchObject({
        msg_1: { arrived: 3, delivered: 1, open: 0 },
      });
      expect(await kinds()).toEqual(['arrival', 'end', 'arrival', 'end', 'arrival', 'delivery', 'end']);
    });

    it('ends on SIGTERM by itself', async () => {
      apart = await simulateApart({ SIMULATOR_JOURNAL: path });
      await apart.client.whatsapp(priya);
      expect(await apart.app.stop()).toBe(0);
    });
  });
});
