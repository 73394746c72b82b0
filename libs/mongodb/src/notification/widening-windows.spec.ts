import { wideningWindows } from './widening-windows.js';

const newest = new Date('2026-02-01T05:00:00.000Z');
const minutes = (count: number) => new Date(newest.getTime() - count * 60_000);

describe('widening windows', () => {
  it('cover all time once, newest first, each beginning where the one before ended', () => {
    const windows = [...wideningWindows(newest)];
    expect(windows).toEqual([
      { from: minutes(5) },
      { from: minutes(120), to: minutes(5) },
      { from: minutes(2_880), to: minutes(120) },
      { from: minutes(69_120), to: minutes(2_880) },
      { to: minutes(69_120) },
    ]);
  });

  it('end at the oldest moment that is asked for', () => {
    expect([...wideningWindows(newest, minutes(60))]).toEqual([
      { from: minutes(5) },
      { from: minutes(60), to: minutes(5) },
    ]);
  });

  it('are one when the whole stretch is shorter than the first window', () => {
    expect([...wideningWindows(newest, minutes(1))]).toEqual([{ from: minutes(1) }]);
    expect([...wideningWindows(newest, minutes(-1))]).toEqual([{ from: minutes(-1) }]);
  });
});
