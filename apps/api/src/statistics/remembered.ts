/** A value and since when it is there; the value of a question that is under way is shared by all who ask meanwhile. */
interface Memory<Value> {
  readonly at: number;
  readonly value: Promise<Value>;
}

/** More different questions than this are not asked within one life. */
const mostMemories = 50;

/** Remembers answers for a short while, so that a page that is opened by ten people counts once. A failure is not remembered. */
export class Remembered<Value> {
  private readonly memories = new Map<number, Memory<Value>>();

  constructor(
    private readonly lifeMs: number,
    private readonly now: () => number,
  ) {}

  get(question: number, answer: () => Promise<Value>): Promise<Value> {
    const known = this.memories.get(question);
    if (known !== undefined && this.now() - known.at < this.lifeMs) return known.value;
    if (this.memories.size >= mostMemories) this.memories.clear();
    const value = answer();
    this.memories.set(question, { at: this.now(), value });
    value.catch(() => this.memories.delete(question));
    return value;
  }
}
