/** What came of a publication: the broker has it, gave it back, did not take it, or did not say. */
export type PublishResult = 'confirmed' | 'returned' | 'refused' | 'unconfirmed';

/** Who counts the traffic; called for every envelope, so it must cost next to nothing, and not throw. */
export interface RabbitmqMeter {
  published(result: PublishResult): void;
  /** An envelope was acked, or went back into its queue. */
  settled(queue: string, how: 'acked' | 'returned'): void;
}

/** Nobody counts. */
export const noMeter: RabbitmqMeter = { published: () => undefined, settled: () => undefined };
