import { type Bar, type Reading, type Unit } from './figure.js';
import { median } from './median.js';

/** Whether a reading keeps its bar; true without one. */
export function keepsBar({ runs, bar }: Pick<Reading, 'runs' | 'bar'>): boolean {
  if (bar === undefined) return true;
  const value = median(runs);
  return 'atMost' in bar ? value <= bar.atMost : value >= bar.atLeast;
}

/** The readings as lines: name, median, the lowest and the highest run, bar. */
export function readingTable(readings: readonly Reading[]): string {
  const width = Math.max(...readings.map(({ name }) => name.length));
  return readings
    .map((reading) => {
      const { name, unit, runs, bar } = reading;
      const value = shown(median(runs), unit).padStart(11);
      const spread = runs.length === 1 ? '' : `${shown(Math.min(...runs), unit)} … ${shown(Math.max(...runs), unit)}`;
      const held = bar === undefined ? '' : `${keepsBar(reading) ? '✔' : '✘'} ${barText(bar, unit)}`;
      return `  ${name.padEnd(width)} ${value}   ${spread.padEnd(26)} ${held}`.trimEnd();
    })
    .join('\n');
}

function barText(bar: Bar, unit: Unit): string {
  return 'atMost' in bar ? `≤ ${shown(bar.atMost, unit)}` : `≥ ${shown(bar.atLeast, unit)}`;
}

function shown(value: number, unit: Unit): string {
  switch (unit) {
    case 'times':
      return `${value.toFixed(2)} ×`;
    case 'percent':
      return `${value.toFixed(2)} %`;
    case '/s':
      return `${value.toFixed(0)} /s`;
    case 'µs':
    case 'MB':
      return `${value.toFixed(0)} ${unit}`;
    case 'ms':
    case 's':
      return `${value.toFixed(1)} ${unit}`;
  }
}
