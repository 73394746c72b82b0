import { FakeClock, RecordingReporter, databaseAway, brokerAway } from '@earlybird/testing';
import { outlastOutage } from './outlast-outage.js';

function failing(times: number, error: Error = databaseAway) {
  const clock = new FakeClock();
  const reporter = new RecordingReporter();
  let tries = 0;
  const write = async () => {
    tries += 1;
    if (tries <= times) throw error;
    return tries;
  };
  return { clock, reporter, write };
}

describe('outlasting an outage', () => {
  it('repeats the write until it is done, every 2 s at the least', async () => {
    const { clock, reporter, write } = failing(8);
    const done = outlastOutage({ clock, reporter }, 'finish attempt', write);
    await clock.advance(100 + 200 + 400 + 800 + 1_600 + 2_000 + 2_000 + 1_999);
    expect(clock.sleeping).toBe(1);
    await clock.advance(1);
    expect(await done).toBe(9);
    expect(reporter.of('waiting_for_database').map(({ waitMs }) => waitMs)).toEqual([
      100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000,
    ]);
  });

  it('waits for nothing when the database is there', async () => {
    const { clock, reporter, write } = failing(0);
    expect(await outlastOutage({ clock, reporter }, 'finish attempt', write)).toBe(1);
    expect(reporter.happenings).toEqual([]);
  });

  it.each([brokerAway, new Error('a bug')])('throws at once what is no outage of the database (%s)', async (error) => {
    const { clock, reporter, write } = failing(1, error);
    await expect(outlastOutage({ clock, reporter }, 'finish attempt', write)).rejects.toBe(error);
  });

  it('ends with the process', async () => {
    const { reporter, write } = failing(1);
    const end = new Error('the process ends');
    const clock = { now: () => new Date(), steadyMs: () => 0, sleep: () => Promise.reject(end) };
    await expect(outlastOutage({ clock, reporter }, 'finish attempt', write)).rejects.toBe(end);
  });
});
