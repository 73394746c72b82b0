import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { journalVersion, type JournalLine } from './journal-line.js';

/**
 * Reads a journal from its beginning. A file that does not exist is an empty one. A torn line, which a kill in the middle of a
 * write leaves, is skipped: what it would have said had not happened yet.
 */
export async function* readJournal(path: string): AsyncGenerator<JournalLine> {
  if (!existsSync(path)) return;
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const line = parse(text);
    if (line !== undefined) yield line;
  }
}

function parse(text: string): JournalLine | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return isLine(line) ? line : undefined;
  } catch {
    return undefined;
  }
}

const isLine = (value: unknown): value is JournalLine =>
  typeof value === 'object' && value !== null && 'v' in value && value.v === journalVersion && 'kind' in value;
