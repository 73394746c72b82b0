import type { RabbitmqObserver } from '../connection/rabbitmq-news.js';

/** How a consumer is, as far as anybody wants to know. */
export interface ConsumerCondition {
  readonly isConsuming: boolean;
  readonly paused: { readonly reason: string; readonly detail?: string } | undefined;
  /** Why a lost consumer had to be replaced just now. */
  readonly attachedAgain: string | undefined;
}

/** Tells the observer each change of a consumer's condition once. */
export class ConsumerTeller {
  #told: 'nothing' | 'consuming' | 'paused' = 'nothing';
  #toldAt = performance.now();

  constructor(
    private readonly queue: string,
    /** How many envelopes may be in hand. */
    private readonly count: number,
    private readonly observer: RabbitmqObserver,
  ) {}

  tell({ isConsuming, paused, attachedAgain }: ConsumerCondition): void {
    const { observer, queue, count } = this;
    if (attachedAgain !== undefined) observer.report({ kind: 'consumer_attached_again', queue, reason: attachedAgain });
    if (paused !== undefined && this.#told !== 'paused') {
      observer.report({ kind: 'consuming_paused', queue, ...paused });
      this.#remember('paused');
    } else if (isConsuming && this.#told !== 'consuming') {
      const waitedMs = performance.now() - this.#toldAt;
      if (this.#told === 'paused') observer.report({ kind: 'consuming_resumed', queue, waitedMs });
      else observer.report({ kind: 'consuming_started', queue, count });
      this.#remember('consuming');
    }
  }

  #remember(told: 'consuming' | 'paused'): void {
    this.#told = told;
    this.#toldAt = performance.now();
  }
}
