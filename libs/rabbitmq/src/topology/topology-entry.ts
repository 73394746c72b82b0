/** Who declares a thing: the platform's belongs to all services, the worker's to this one (broker.md). */
export type Owner = 'platform' | 'worker';

/** A named place to publish to. All are durable. */
export interface ExchangeEntry {
  readonly name: string;
  readonly type: 'topic' | 'direct' | 'fanout';
  readonly owner: Owner;
  /** Takes what nobody is bound for. */
  readonly alternateExchange?: string;
  readonly sentence: string;
}

/**
 * work: has consumers of ours · delay: has none, and its TTL moves what it holds · dead-letter: waits for a person ·
 * catch-all: shows what nobody listens to.
 */
export type QueueKind = 'work' | 'delay' | 'dead-letter' | 'catch-all';

/** A queue. All are durable quorum queues. */
export interface QueueEntry {
  readonly name: string;
  readonly kind: QueueKind;
  readonly owner: Owner;
  /** Exactly what it is declared with. */
  readonly arguments: Readonly<Record<string, string | number>>;
  readonly sentence: string;
}

/** A way from an exchange to a queue. */
export interface BindingEntry {
  readonly exchange: string;
  readonly queue: string;
  readonly routingKey: string;
  readonly owner: Owner;
  readonly sentence: string;
}

/** What may be tuned while the broker runs; everything that messages depend on is an argument instead (broker.md). */
export interface PolicyEntry {
  readonly name: string;
  /** A regular expression over names of queues. */
  readonly pattern: string;
  readonly definition: Readonly<Record<string, string | number>>;
  /** From RabbitMQ 4 on only: older ones do not know the key, or take -1 for "at the first requeue" (broker.md). */
  readonly definitionFrom4: Readonly<Record<string, string | number>>;
  readonly sentence: string;
}

/** Everything that the broker must have for us, as data: declared, checked, printed and documented from it. */
export interface Topology {
  readonly exchanges: readonly ExchangeEntry[];
  readonly queues: readonly QueueEntry[];
  readonly bindings: readonly BindingEntry[];
  readonly policies: readonly PolicyEntry[];
}
