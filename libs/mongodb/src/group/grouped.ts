/** The answer to one item of a group; an Error is thrown to that item's caller alone. */
export type Answer<Result> = Result | Error;

/** Carries out a whole group and answers item by item, in their order. What it throws is thrown to every caller. */
export type RunGroup<Item, Result> = (items: readonly Item[]) => Promise<readonly Answer<Result>[]>;

/** Calls `flush` a little later: at the end of this turn when `ms` is 0. */
export type Later = (flush: () => void, ms: number) => void;

/** How long an item waits for others while a group is on its way; alone it never waits. */
const windowMs = 2;
/** Items in a group at most: beyond, a group takes the server so long that its first items feel it. */
const mostItems = 200;
/** Groups on their way at most, unless said otherwise: a second one would make both smaller, and it is their number that costs. */
const usualGroups = 1;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Puts what many callers ask for at the same time into one round trip, and gives each its own answer. A caller that comes
 * alone goes at once; those that come while a group is on its way go together. Every item is in exactly one group.
 */
export class Grouped<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private groups = 0;
  private isArranged = false;

  constructor(
    private readonly run: RunGroup<Item, Result>,
    private readonly mostGroups = usualGroups,
    private readonly later: Later = laterByTimer,
  ) {}

  /** The answer to `item`. */
  do(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.arrange();
    });
  }

  private arrange(): void {
    if (this.groups >= this.mostGroups) return;
    if (this.waiting.length >= mostItems) return this.flush();
    if (this.isArranged) return;
    this.isArranged = true;
    this.later(() => this.flush(), this.groups === 0 ? 0 : windowMs);
  }

  private flush(): void {
    this.isArranged = false;
    if (this.groups >= this.mostGroups || this.waiting.length === 0) return;
    const group = this.waiting.splice(0, mostItems);
    this.groups += 1;
    void this.answer(group).finally(() => {
      this.groups -= 1;
      // Who came meanwhile has waited long enough.
      this.later(() => this.flush(), 0);
    });
    if (this.waiting.length > 0) this.arrange();
  }

  private async answer(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const answers = await this.run(group.map(({ item }) => item));
      group.forEach(({ resolve, reject }, index) => {
        const answer = answers[index];
        if (answer instanceof Error) reject(answer);
        else if (index < answers.length) resolve(answer as Result);
        else reject(new Error(`a group of ${group.length} got ${answers.length} answers`));
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

function laterByTimer(flush: () => void, ms: number): void {
  if (ms === 0) setImmediate(flush);
  else setTimeout(flush, ms);
}
