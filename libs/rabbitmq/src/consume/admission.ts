import type { ConsumeMessage } from 'amqplib';
import type { ConsumingChannel } from './consuming-channel.js';

/** An envelope that was delivered and is not settled. */
interface InHand {
  readonly message: ConsumeMessage;
  readonly channel: ConsumingChannel;
}

/** What admission needs, and whom it tells. */
export interface AdmissionOptions {
  /** Envelopes that may be worked off at a time. */
  readonly limit: number;
  readonly isSuspect: (message: ConsumeMessage) => boolean;
  /** Works one envelope off; never rejects. */
  readonly workOff: (message: ConsumeMessage, channel: ConsumingChannel, alone: boolean) => Promise<void>;
  /** The mode has changed, and with it the prefetch that is wanted. */
  readonly changed: () => void;
}

/**
 * Decides when a delivered envelope is begun, and how many may be in hand:
 *
 *     narrow (one) ──an unsuspicious one comes──▶ wide (all)
 *        ▲                                          │ a suspect comes: it came back three times
 *        └──nothing else in hand, suspects back── emptying (none)
 *
 * It starts narrow, so that a process that one envelope ends again and again does not take others along each time (broker.md).
 */
export class Admission {
  readonly #aside: InHand[] = [];
  readonly #backlog: InHand[] = [];
  readonly #waitingForIdle = new Set<() => void>();
  #mode: 'narrow' | 'wide' | 'emptying' = 'narrow';
  #running = 0;
  #isClosed = false;

  constructor(private readonly options: AdmissionOptions) {}

  /** How many envelopes are being worked off. */
  get running(): number {
    return this.#running;
  }

  /** True while a suspect waits for the others to finish. */
  get isEmptying(): boolean {
    return this.#mode === 'emptying';
  }

  /** The prefetch that channel number `index` should have, where it would be `prefetch`. */
  prefetchOf(index: number, prefetch: number): number {
    switch (this.#mode) {
      case 'emptying':
        return 0;
      case 'narrow':
        return index === 0 ? 1 : 0;
      case 'wide':
        return prefetch;
    }
  }

  /** An envelope was delivered. */
  admit(message: ConsumeMessage, channel: ConsumingChannel): void {
    if (this.#isClosed) return;
    const isSuspect = this.options.isSuspect(message);
    if (isSuspect && this.#mode !== 'narrow') {
      this.#aside.push({ message, channel });
      this.#enter('emptying');
      this.#narrowWhenEmpty();
      return;
    }
    if (!isSuspect && this.#mode === 'narrow') this.#enter('wide');
    // A consumer that was replaced may still have something in hand, beside what the new one prefetches.
    if (this.#running >= this.options.limit) this.#backlog.push({ message, channel });
    else this.#begin({ message, channel }, isSuspect);
  }

  /** Begins nothing any more. */
  close(): void {
    this.#isClosed = true;
  }

  /** Resolves when nothing is being worked off. */
  whenIdle(): Promise<void> {
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waitingForIdle.add(resolve));
  }

  #begin({ message, channel }: InHand, alone: boolean): void {
    this.#running += 1;
    void this.options.workOff(message, channel, alone).finally(() => this.#ended());
  }

  #ended(): void {
    this.#running -= 1;
    const next = this.#isClosed ? undefined : this.#backlog.shift();
    if (next !== undefined) return this.#begin(next, false);
    this.#narrowWhenEmpty();
    if (this.#running === 0) for (const done of this.#waitingForIdle) done();
  }

  /** Nothing else is in hand any more: the suspects go back, and come again one by one. */
  #narrowWhenEmpty(): void {
    if (this.#mode !== 'emptying' || this.#running > 0) return;
    for (const { message, channel } of this.#aside.splice(0)) channel.giveBack(message);
    this.#enter('narrow');
  }

  #enter(mode: 'narrow' | 'wide' | 'emptying'): void {
    if (this.#mode === mode) return;
    this.#mode = mode;
    this.options.changed();
  }
}
