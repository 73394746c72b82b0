/** What belongs to every outcome that is not an acceptance; kept in the attempt, without personal data or credentials. */
export interface OutcomeDetail {
  /** A stable word for people and metrics, e.g. `provider_error`, `connection_refused`, `bad_number`. */
  readonly reason: string;
  /** The provider's own code, e.g. `131026`. */
  readonly errorCode?: string;
  readonly httpStatus?: number;
  /** A redacted piece of the answer, at most 500 characters. */
  readonly detail?: string;
}

/** What a refusal or a throttle asks for beyond this notification (provider.md). */
export type Consequence = 'suppress_recipient' | 'marketing_opt_out' | 'hold_template' | 'report_template';

/** What an attempt came to (architecture.md): the sender's answer, an expected value, never an exception. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly providerMessageId: string; readonly httpStatus?: number }
  | (OutcomeDetail & { readonly kind: 'deferred' })
  | (OutcomeDetail & { readonly kind: 'refused'; readonly consequence?: Consequence })
  | (OutcomeDetail & {
      readonly kind: 'throttled';
      readonly scope: 'sender' | 'recipient';
      readonly retryAfterMs: number;
      readonly consequence?: Consequence;
    })
  | (OutcomeDetail & { readonly kind: 'halted'; readonly scope: 'account' | 'road' })
  | (OutcomeDetail & { readonly kind: 'unknown' });

export type OutcomeKind = Outcome['kind'];

/** Throttled and halted attempts say nothing about the message, so they do not use up an attempt. */
export function isCounted(kind: OutcomeKind): boolean {
  return kind !== 'throttled' && kind !== 'halted';
}
