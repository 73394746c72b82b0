/** Who is to be told. */
export interface Recipient {
  /** E.164; absent when the event's customer has no usable phone (then the notification is `suppressed`). */
  readonly phone?: string;
  /** The customer's id at the publisher. */
  readonly userId?: string;
  readonly name?: string;
  /** What the event said of consent to marketing; settings on record outrank it. */
  readonly marketingConsent?: boolean;
}
