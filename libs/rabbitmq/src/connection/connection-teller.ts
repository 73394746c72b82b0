import type { RabbitmqObserver } from './rabbitmq-news.js';
import { addressOf, reasonOf } from './reason-of.js';

/** Between two lines about the same wait. */
const quietMs = 3_000;

/** Tells the observer how the consuming connection fares, and keeps the reason for readiness. */
export class ConnectionTeller {
  #reason = 'starting';
  #awaySince = performance.now();
  #reachedBefore = false;
  #lastWaitLine = -Infinity;

  constructor(
    private readonly url: string,
    private readonly observer: RabbitmqObserver,
  ) {}

  /** Why there is no connection now. */
  get reason(): string {
    return this.#reason;
  }

  waiting(cause: unknown, waitMs: number): void {
    const reason = reasonOf(cause);
    this.#reason = `waiting for RabbitMQ: ${reason}`;
    if (performance.now() - this.#lastWaitLine < quietMs) return;
    this.#lastWaitLine = performance.now();
    const address = addressOf(this.url);
    const waitedMs = performance.now() - this.#awaySince;
    this.observer.report({ kind: 'waiting_for_server', server: 'RabbitMQ', address, reason, waitMs, waitedMs });
  }

  topologyWrong(detail: string): void {
    this.#reason = detail;
    this.observer.report({ kind: 'topology_wrong', detail });
  }

  reached(): void {
    const waitedMs = performance.now() - this.#awaySince;
    const server = 'RabbitMQ';
    if (this.#reachedBefore)
      this.observer.report({ kind: 'connection_restored', server, context: 'consume', waitedMs });
    else this.observer.report({ kind: 'server_reached', server, address: addressOf(this.url), waitedMs });
    this.#reachedBefore = true;
  }

  lost(cause: unknown): void {
    const reason = reasonOf(cause);
    this.#reason = `connection lost: ${reason}`;
    this.#awaySince = performance.now();
    this.observer.report({ kind: 'connection_lost', server: 'RabbitMQ', context: 'consume', reason });
  }
}
