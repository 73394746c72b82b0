/** What a process says that was killed at one of its steps. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/**
 * Disturbs the `at`-th call (from 1) over all ports that it stands around: `before` it has an effect, or `after` it, when only
 * the answer is lost. A killed process makes no further call; an error of one call leaves the others alone.
 */
export class Interruption {
  /** How many calls were made so far. */
  calls = 0;

  constructor(
    private readonly at: number,
    private readonly when: 'before' | 'after',
    /** The one error of that call; without it the process is killed there. */
    private readonly error?: Error,
  ) {}

  /** True when the call to disturb was reached. */
  get happened(): boolean {
    return this.calls >= this.at;
  }

  /** The same port, disturbed. */
  around<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, name): unknown => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => this.pass(() => Reflect.apply(member, target, args) as unknown);
      },
    });
  }

  private async pass(call: () => unknown): Promise<unknown> {
    this.calls += 1;
    const number = this.calls;
    if (this.isDown(number) && (number > this.at || this.when === 'before')) throw this.failure();
    const answer = await call();
    if (this.isDown(number)) throw this.failure();
    return answer;
  }

  private isDown(number: number): boolean {
    return this.error === undefined ? number >= this.at : number === this.at;
  }

  private failure(): Error {
    return this.error ?? new Killed(`killed at call ${this.at}`);
  }
}
