import type { DutyRoster } from '@earlybird/core';
import { after } from '../builders/instant.js';

/** An empty roster. */
export interface DutyRosterUnderTest {
  readonly roster: DutyRoster;
  close(): Promise<void>;
}

/** What every DutyRoster promises. */
export function dutyRosterContract(name: string, make: () => Promise<DutyRosterUnderTest>): void {
  describe(`${name} keeps the contract of the duty roster`, () => {
    let under: DutyRosterUnderTest;
    beforeAll(async () => (under = await make()));
    afterAll(() => under.close());
    const duty = 'tend_dead_letters';
    const take = (holder: string, now: number) => under.roster.take(duty, holder, after(now + 30_000), after(now));

    it('gives a duty to one of many, until its time is over', async () => {
      const holders = Array.from({ length: 20 }, (_, index) => `worker-${index}`);
      const got = await Promise.all(holders.map((holder) => take(holder, 0)));
      expect(got.filter(Boolean)).toHaveLength(1);
      const holder = holders[got.indexOf(true)] ?? '';
      expect(await take('another', 29_999)).toBe(false);
      expect(await take(holder, 20_000)).toBe(true);
      expect(await take('another', 49_999)).toBe(false);
      expect(await take('another', 50_000)).toBe(true);
      await under.roster.leave(duty, 'another');
    });

    it('has it free again when its holder leaves it, and nobody else', async () => {
      await take('one', 100_000);
      await under.roster.leave(duty, 'other');
      expect(await take('other', 100_001)).toBe(false);
      await under.roster.leave(duty, 'one');
      expect(await take('other', 100_002)).toBe(true);
      await under.roster.leave(duty, 'other');
    });

    it('has it free again when the clock was set back by an hour, whose holder is gone', async () => {
      await take('one', 3_600_000);
      expect(await take('other', 0)).toBe(true);
      expect(await take('third', 1)).toBe(false);
      await under.roster.leave(duty, 'other');
    });
  });
}
