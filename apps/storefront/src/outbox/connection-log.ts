import { type PublisherState, type StateListener } from '@earlybird/events';
import { type Log } from '@earlybird/ops';

/** Between two lines about the same wait: often enough to be seen, seldom enough not to bury the rest. */
const QUIET_MS = 10_000;

/** The publisher's own longest wait between two tries to connect. */
const LONGEST_WAIT_MS = 5_000;

/** Tells in the log how the connection of one publishing service fares. */
export class ConnectionLog {
  #state: PublisherState | undefined;
  #since = Date.now();
  #lastLine = 0;
  #everConnected = false;

  constructor(
    private readonly log: Log,
    private readonly service: string,
  ) {}

  readonly listener: StateListener = (state, cause) => {
    const before = this.#state;
    this.#state = state;
    const waitedMs = Date.now() - this.#since;
    if (state !== before) this.#since = Date.now();
    switch (state) {
      case 'connecting':
        return before === 'connecting' || before === undefined ? this.#wait(cause) : this.#lose(cause);
      case 'blocked':
        return this.log.event('broker_blocked', { reason: reasonOf(cause) });
      case 'connected':
        return before === 'blocked' ? this.log.event('broker_unblocked', { waitedMs }) : this.#reach(waitedMs);
      case 'closed':
        return;
    }
  };

  #wait(cause: unknown): void {
    const now = Date.now();
    if (now - this.#lastLine < QUIET_MS) return;
    this.#lastLine = now;
    const waitedMs = now - this.#since;
    const server = `RabbitMQ (${this.service})`;
    this.log.event('waiting_for_server', { server, reason: reasonOf(cause), waitMs: LONGEST_WAIT_MS, waitedMs });
  }

  #lose(cause: unknown): void {
    this.#lastLine = Date.now();
    this.log.event('connection_lost', { server: 'RabbitMQ', reason: reasonOf(cause), context: this.service });
  }

  #reach(waitedMs: number): void {
    if (this.#everConnected)
      this.log.event('connection_restored', { server: 'RabbitMQ', waitedMs, context: this.service });
    else this.log.event('server_reached', { server: `RabbitMQ (${this.service})`, waitedMs });
    this.#everConnected = true;
    this.#lastLine = 0;
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0]);
  if (cause instanceof Error) return cause.message || cause.name;
  return typeof cause === 'string' ? cause : 'unknown';
}
