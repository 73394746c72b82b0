import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { type JournalLine } from './journal-line.js';

/**
 * The append-only record of every request: JSON, one line each. Proofs that nothing was sent twice count its lines.
 *
 * Guarantee: a line is in the file, and survives a SIGKILL of the simulator, once `append` has returned. Each line is one
 * synchronous write to a file opened with O_APPEND (about 2 µs), so lines of several simulators on one file do not mix.
 * Not guaranteed: a loss of power, for which every line would need an fsync.
 */
export interface Journal {
  readonly append: (line: JournalLine) => void;
  readonly close: () => void;
}

/** Opens the journal at `path`, or one that keeps nothing when there is no path. */
export function openJournal(path: string | undefined): Journal {
  if (path === undefined) return { append: () => undefined, close: () => undefined };
  const file = openSync(path, 'a+');
  if (endsInsideALine(file)) writeSync(file, '\n');
  return {
    append: (line) => void writeSync(file, `${JSON.stringify(line)}\n`),
    close: () => closeSync(file),
  };
}

/** A kill can fall into a write; the next run must not continue that torn line. */
function endsInsideALine(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last.toString() !== '\n';
}
