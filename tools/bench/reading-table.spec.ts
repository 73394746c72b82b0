import { type Reading } from './figure.js';
import { keepsBar, readingTable } from './reading-table.js';

describe('a reading', () => {
  it.each<[Reading['bar'], boolean]>([
    [{ atMost: 2 }, true],
    [{ atMost: 1.9 }, false],
    [{ atLeast: 2 }, true],
    [{ atLeast: 2.1 }, false],
    [undefined, true],
  ])('is held against %j by its median', (bar, kept) => {
    const reading = { runs: [9, 2, 1], ...(bar === undefined ? {} : { bar }) };
    expect(keepsBar(reading)).toBe(kept);
  });

  it('is shown with its spread and its bar', () => {
    const table = readingTable([
      { name: 'rate', unit: '/s', runs: [700.4, 680, 710], bar: { atLeast: 800 } },
      { name: 'latency p99', unit: 'ms', runs: [12.34], bar: { atMost: 50 } },
    ]);
    expect(table.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, ' | '))).toEqual([
      'rate | 700 /s | 680 /s … 710 /s | ✘ ≥ 800 /s',
      'latency p99 | 12.3 ms | ✔ ≤ 50.0 ms',
    ]);
  });
});
