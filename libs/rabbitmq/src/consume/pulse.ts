import type { BrokerConnection } from '../connection/broker-connection.js';
import { reasonOf } from '../connection/reason-of.js';
import { NoAnswerError } from '../connection/waiting.js';
import type { ConsumingChannel } from './consuming-channel.js';

/** What the pulse is taken of. */
export interface PulseOptions {
  readonly connection: Pick<BrokerConnection, 'restart'>;
  readonly everyMs: number;
  readonly channels: () => readonly ConsumingChannel[];
}

/**
 * The consumer's own heartbeat: asks the broker on every consuming channel whether it still answers, and whether envelopes are
 * ready that nobody hands over. The broker's count of consumers cannot tell: it counts dead ones too (broker.md).
 */
export class Pulse {
  readonly #timer: NodeJS.Timeout;
  /** Channels that had nothing in hand at the last beat although envelopes were ready, and since when they got nothing. */
  #deaf = new Map<ConsumingChannel, number>();
  #beating = false;
  #lastBeatAt = Date.now();

  constructor(private readonly options: PulseOptions) {
    this.#timer = setInterval(() => void this.#beat(), options.everyMs);
    this.#timer.unref();
  }

  /** When every channel has last answered. */
  get lastBeatAt(): number {
    return this.#lastBeatAt;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #beat(): Promise<void> {
    if (this.#beating) return;
    this.#beating = true;
    const before = this.#deaf;
    this.#deaf = new Map();
    const answers = await Promise.all(this.options.channels().map((channel) => this.#ask(channel, before)));
    if (answers.every(Boolean)) this.#lastBeatAt = Date.now();
    this.#beating = false;
  }

  /** True when the channel answers. */
  async #ask(channel: ConsumingChannel, before: ReadonlyMap<ConsumingChannel, number>): Promise<boolean> {
    try {
      const ready = await channel.countReady();
      const isIdle = ready > 0 && channel.prefetch > 0 && channel.inHand === 0;
      if (isIdle && before.get(channel) === channel.deliveries)
        channel.abandon(`nothing was delivered although ${ready} are ready`);
      else if (isIdle) this.#deaf.set(channel, channel.deliveries);
      return true;
    } catch (cause) {
      channel.abandon(reasonOf(cause));
      if (cause instanceof NoAnswerError) this.options.connection.restart(cause);
      return false;
    }
  }
}
