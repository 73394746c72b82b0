import type { Lane } from '../notification/lane.js';

/** The envelope that stands for one notification on the broker: no personal data, only where to look and which attempt is meant. */
export interface DispatchEnvelope {
  readonly notificationId: string;
  /** The number of the attempt that this envelope asks for, from 1. */
  readonly attempt: number;
  readonly lane: Lane;
  /** True when it carries the duty to repeat an unfinished step: the broker redelivered it, or it was put aside with that duty. */
  readonly repeat: boolean;
  readonly correlationId: string;
  readonly traceparent?: string;
}

/** What an envelope that waits or died tells an operator in its headers (broker.md). */
export interface WaitingStory {
  readonly reason: string;
  readonly errorCode?: string;
  readonly nextAttemptAt?: Date;
  readonly firstFailedAt?: Date;
}

/** Port: the broker's dispatch lanes. Each call resolves when the broker has confirmed; throws AppError `broker_unavailable` or `publish_unconfirmed`. */
export interface DispatchQueue {
  enqueue(envelope: DispatchEnvelope): Promise<void>;
  /** Into the delay queue of exactly `delayMs`. */
  retryLater(envelope: DispatchEnvelope, delayMs: number, story: WaitingStory): Promise<void>;
  /** Waits without counting an attempt (30 s by default). */
  defer(envelope: DispatchEnvelope, story: WaitingStory): Promise<void>;
  /** Sets the envelope aside for a person, in the dead-letter queue. */
  park(envelope: DispatchEnvelope, story: WaitingStory): Promise<void>;
  /** How many envelopes are ready in a lane, from the broker. */
  depth(lane: Lane): Promise<number>;
}
