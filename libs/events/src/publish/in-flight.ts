/** One publication that the broker has not answered yet. */
export interface Flight {
  /** The text of the return, which comes before the confirm (broker.md). */
  returned: string | undefined;
  /** Called once, when the broker has answered or can no longer answer. */
  land(): void;
}

/** What is under way to the broker, by message id: one copy at a time, for a return names nothing but the message id. */
export class InFlight {
  readonly #flights = new Map<string, { readonly flight: Flight; readonly watchers: (() => void)[] }>();

  get size(): number {
    return this.#flights.size;
  }

  start(messageId: string): Flight {
    const watchers: (() => void)[] = [];
    const land = (): void => {
      this.#flights.delete(messageId);
      for (const done of watchers) done();
    };
    const flight: Flight = { returned: undefined, land };
    this.#flights.set(messageId, { flight, watchers });
    return flight;
  }

  find(messageId: string): Flight | undefined {
    return this.#flights.get(messageId)?.flight;
  }

  /** Resolves when the copy with this id that is under way has landed. Another one may have started then. */
  landed(messageId: string): Promise<void> {
    const watchers = this.#flights.get(messageId)?.watchers;
    return watchers === undefined ? Promise.resolve() : new Promise((resolve) => watchers.push(resolve));
  }

  /** Resolves when everything that is under way now has landed. */
  async allLanded(): Promise<void> {
    await Promise.all([...this.#flights.keys()].map((messageId) => this.landed(messageId)));
  }
}
