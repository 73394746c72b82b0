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

  /** Resolves, without giving up the event loop, when no copy with this id is under way. */
  async othersLanded(messageId: string): Promise<void> {
    for (let other = this.#flights.get(messageId); other !== undefined; other = this.#flights.get(messageId)) {
      const { watchers } = other;
      await new Promise<void>((resolve) => watchers.push(resolve));
    }
  }

  /** Resolves when everything that is under way now has landed. */
  async allLanded(): Promise<void> {
    await Promise.all(
      [...this.#flights.values()].map(({ watchers }) => new Promise<void>((resolve) => watchers.push(resolve))),
    );
  }
}
