import { readFile } from 'node:fs/promises';

/** One line of the simulator's journal, as far as tests read it. */
export interface JournalLine {
  /** The request has come in; its customer has the message; it is over. */
  readonly kind: 'arrival' | 'delivery' | 'end';
  /** Names the request. */
  readonly request: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly recipient?: string;
  readonly notificationId?: string;
  /** The number of the attempt. */
  readonly attempt?: string;
  readonly messageId?: string;
  /** Of an end: `answered`, `cut`, or `given-up` by the caller. */
  readonly ending?: string;
  readonly status?: number;
  readonly fault?: string;
}

/** Reads the append-only file of every request at the simulator. A line that a kill has torn is left out. */
export async function readSystemJournal(file: string): Promise<readonly JournalLine[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as JournalLine];
    } catch {
      return [];
    }
  });
}
