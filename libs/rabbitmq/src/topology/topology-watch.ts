import { AppError } from '@earlybird/core';
import type { BrokerConnection } from '../connection/broker-connection.js';
import type { RabbitmqObserver } from '../connection/rabbitmq-news.js';
import { reasonOf } from '../connection/reason-of.js';
import { within } from '../connection/waiting.js';
import { absentQueues, declareTopology } from './declare-topology.js';
import type { Topology } from './topology-entry.js';

/** What the watch stands on. */
export interface TopologyWatchOptions {
  readonly connection: Pick<BrokerConnection, 'current' | 'answerWithinMs'>;
  readonly topology: Topology;
  readonly observer: RabbitmqObserver;
}

/**
 * Looks again and again whether the broker still has what the worker declared, with no more than the worker's own rights:
 * what somebody has taken away is declared anew and told, what somebody has changed makes the worker unready and is told.
 */
export class TopologyWatch {
  #verdict: { readonly ok: true } | { readonly ok: false; readonly reason: string } = { ok: true };

  constructor(private readonly options: TopologyWatchOptions) {}

  /** For readiness, as of the last look. */
  get verdict(): { readonly ok: true } | { readonly ok: false; readonly reason: string } {
    return this.#verdict;
  }

  /** One look. Never rejects; without a connection nothing is known, and nothing changes. */
  async look(): Promise<void> {
    const { connection, topology, observer } = this.options;
    const { current } = connection;
    if (current === undefined) return;
    try {
      const limitMs = connection.answerWithinMs * topology.queues.length;
      const absent = await within(limitMs, absentQueues(current, topology), 'a look at the topology');
      await within(limitMs, declareTopology(current, topology), 'declaring the topology');
      this.#verdict = { ok: true };
      if (absent.length > 0)
        observer.report({
          kind: 'topology_wrong',
          detail: `${absent.join(', ')} had gone, with what was in it, and has been declared again`,
        });
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'broker_unavailable') return;
      const reason = reasonOf(error);
      const isNews = this.#verdict.ok || this.#verdict.reason !== reason;
      this.#verdict = { ok: false, reason };
      if (isNews) observer.report({ kind: 'topology_wrong', detail: reason });
    }
  }
}
