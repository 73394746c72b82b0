/** One HTTP request, as a contract words it. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST';
  /** Below the base URL, with its leading slash. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * What came of one HTTP request. The line that matters is drawn by what was written, not by the name of an error: `unsent` means
 * that not a byte of the request left, so sending again cannot double; `unanswered` that it may have arrived.
 */
export type Exchange =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string | undefined>>;
      /** At most the largest size that the transport reads. */
      readonly text: string;
      /** False when the body was cut off: too large, too slow, or the connection broke in the middle. */
      readonly complete: boolean;
    }
  | { readonly kind: 'unsent'; readonly reason: RoadReason }
  | { readonly kind: 'unanswered'; readonly reason: DoubtReason };

/** Why nothing left: the road to the provider is closed. */
export type RoadReason =
  | 'connection_refused'
  | 'dns_failure'
  | 'tls_failure'
  | 'connect_timeout'
  | 'connection_reset'
  | 'no_route'
  | 'request_invalid'
  | 'connection_failed';

/** Why nothing is known after the request was written. */
export type DoubtReason = 'answer_timeout' | 'connection_lost' | 'answer_unreadable';

/** Carries one request at a time to the provider. Never throws, and always answers within its total time limit. */
export interface Transport {
  readonly exchange: (request: TransportRequest) => Promise<Exchange>;
  /** Breaks off what is under way. */
  readonly close: () => Promise<void>;
}
