import type { CommandAnswer, CommandDesk, CommandOrder } from '@earlybird/core';
import { after } from '../builders/instant.js';

/** An empty record of commands. */
export interface CommandDeskUnderTest {
  readonly desk: CommandDesk;
  close(): Promise<void>;
}

/** What every CommandDesk promises. */
export function commandDeskContract(name: string, make: () => Promise<CommandDeskUnderTest>): void {
  describe(`${name} keeps the contract of the record of commands`, () => {
    let under: CommandDeskUnderTest;
    beforeAll(async () => (under = await make()));
    afterAll(() => under.close());

    let made = 0;
    const anOrder = (): CommandOrder => {
      made += 1;
      return { id: `cmd_${made}`, command: { kind: 'wake_replays' }, by: 'asha', at: after(made) };
    };
    const done: CommandAnswer = { kind: 'done', figures: { processed: 3 } };

    it('gives back an order as it was opened, and nothing that was not', async () => {
      const order = anOrder();
      await under.desk.open(order);
      expect(await under.desk.find(order.id)).toStrictEqual(order);
      expect(await under.desk.find('cmd_nobody')).toBeUndefined();
    });

    it.each<CommandAnswer>([
      done,
      { kind: 'refused', reason: 'provider_halted', detail: 'since noon' },
      { kind: 'failed', reason: 'poison' },
    ])('keeps the answer %j', async (answer) => {
      const order = anOrder();
      await under.desk.open(order);
      expect(await under.desk.answer(order.id, answer, after(9_000))).toBe(true);
      expect(await under.desk.find(order.id)).toStrictEqual({ ...order, answer, answeredAt: after(9_000) });
    });

    it('lets the first of many answers stand', async () => {
      const order = anOrder();
      await under.desk.open(order);
      const figures = Array.from({ length: 10 }, (_, processed) => ({ processed }));
      const stood = await Promise.all(
        figures.map((one) => under.desk.answer(order.id, { kind: 'done', figures: one }, after(1))),
      );
      expect(stood.filter(Boolean)).toHaveLength(1);
      const answer = { kind: 'done', figures: figures[stood.indexOf(true)] };
      expect((await under.desk.find(order.id))?.answer).toStrictEqual(answer);
    });

    it('has no answer for an order that is not there', async () => {
      expect(await under.desk.answer('cmd_nobody', done, after(1))).toBe(false);
    });
  });
}
