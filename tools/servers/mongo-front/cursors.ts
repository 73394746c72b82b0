import { CommandError } from './command-error.js';

/** MongoDB closes cursors that nobody asked for this long. */
const IDLE_LIMIT_MS = 10 * 60_000;

interface OpenCursor {
  readonly database: string;
  readonly continuation: Buffer;
  readonly usedAt: number;
}

/** The cursors that clients have open: where the engine must go on for each. Ids are those of the engine, in decimal. */
export class Cursors {
  private readonly open = new Map<string, OpenCursor>();

  constructor(private readonly now: () => number) {}

  /** Keeps the place of a cursor that has more to give. */
  keep(id: string, database: string, continuation: Buffer): void {
    this.dropIdle();
    this.open.set(id, { database, continuation, usedAt: this.now() });
  }

  /**
   * The place of an open cursor.
   * @throws CommandError 43 (CursorNotFound) when it is exhausted, killed, too old or of another database
   */
  continuationOf(id: string, database: string): Buffer {
    const cursor = this.open.get(id);
    if (cursor?.database !== database) throw new CommandError(43, `cursor id ${id} not found`);
    return cursor.continuation;
  }

  /** Forgets a cursor; whether it was open. */
  forget(id: string): boolean {
    return this.open.delete(id);
  }

  private dropIdle(): void {
    const oldest = this.now() - IDLE_LIMIT_MS;
    for (const [id, { usedAt }] of this.open) if (usedAt < oldest) this.open.delete(id);
  }
}
