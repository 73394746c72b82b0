import {
  AppError,
  type Clock,
  type DispatchEnvelope,
  type DispatchQueue,
  type Lane,
  type WaitingStory,
} from '@earlybird/core';
import { turn } from './memory-log.js';

interface Waiting {
  readonly envelope: DispatchEnvelope;
  readonly story: WaitingStory;
  /** By the steady clock: the broker counts for itself. */
  readonly untilMs: number;
}

/** The dispatch lanes in memory; delays pass by `clock`. */
export class MemoryDispatchQueue implements DispatchQueue {
  private ready: DispatchEnvelope[] = [];
  private waiting: Waiting[] = [];
  readonly parked: { readonly envelope: DispatchEnvelope; readonly story: WaitingStory }[] = [];
  /** While true, everything throws `broker_unavailable`. */
  lost = false;

  constructor(
    private readonly clock: Clock,
    private readonly deferDelayMs: number,
  ) {}

  async enqueue(envelope: DispatchEnvelope): Promise<void> {
    await this.reach();
    this.ready.push(envelope);
  }

  async retryLater(envelope: DispatchEnvelope, delayMs: number, story: WaitingStory): Promise<void> {
    await this.reach();
    this.wait(envelope, story, delayMs);
  }

  async defer(envelope: DispatchEnvelope, story: WaitingStory): Promise<void> {
    await this.reach();
    this.wait(envelope, story, this.deferDelayMs);
  }

  async park(envelope: DispatchEnvelope, story: WaitingStory): Promise<void> {
    await this.reach();
    this.parked.push({ envelope, story });
  }

  async depth(lane: Lane): Promise<number> {
    await this.reach();
    this.release();
    return this.ready.filter((envelope) => envelope.lane === lane).length;
  }

  /** The next ready envelope of a lane, as a consumer would get and ack it. */
  take(lane: Lane = 'normal'): DispatchEnvelope | undefined {
    this.release();
    const taken = this.ready.find((envelope) => envelope.lane === lane);
    this.ready = this.ready.filter((envelope) => envelope !== taken);
    return taken;
  }

  /** What lies in the delay queues. */
  get delayed(): readonly Waiting[] {
    this.release();
    return this.waiting;
  }

  private wait(envelope: DispatchEnvelope, story: WaitingStory, delayMs: number): void {
    this.waiting.push({ envelope, story, untilMs: this.clock.steadyMs() + delayMs });
  }

  private release(): void {
    const now = this.clock.steadyMs();
    this.ready.push(...this.waiting.filter(({ untilMs }) => untilMs <= now).map(({ envelope }) => envelope));
    this.waiting = this.waiting.filter(({ untilMs }) => untilMs > now);
  }

  private async reach(): Promise<void> {
    await turn();
    if (this.lost) throw new AppError('broker_unavailable', 'the broker of this test is away');
  }
}
