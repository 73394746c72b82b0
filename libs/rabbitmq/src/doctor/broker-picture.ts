/** A queue as the broker has it. */
export interface SeenQueue {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** The policy that applies to it. */
  readonly policy?: string;
  /** Envelopes ready to be taken. The figures of quorum queues are up to 12 s old (broker.md). */
  readonly ready: number;
  readonly consumers: number;
}

/** What a virtual host holds, as far as the topology speaks of it. */
export interface BrokerPicture {
  readonly majorVersion: number;
  readonly exchanges: readonly {
    readonly name: string;
    readonly type: string;
    readonly arguments: Readonly<Record<string, unknown>>;
  }[];
  readonly queues: readonly SeenQueue[];
  readonly bindings: readonly { readonly exchange: string; readonly queue: string; readonly routingKey: string }[];
  readonly policies: readonly {
    readonly name: string;
    readonly pattern: string;
    readonly definition: Readonly<Record<string, unknown>>;
  }[];
}
