/** A person's preferences (`notification_settings`). Absent fields mean: no wish. */
export interface PersonSettings {
  readonly userId: string;
  readonly phone?: string;
  readonly notificationsEnabled?: boolean;
  /** By message type; `promotional` stands for every marketing type (the user's word). */
  readonly notificationTypes?: Readonly<Record<string, boolean>>;
  /** `HH:MM` in `timezone`. */
  readonly doNotDisturbStart?: string;
  readonly doNotDisturbEnd?: string;
  /** IANA name; Asia/Kolkata when absent. */
  readonly timezone?: string;
  readonly language?: string;
  readonly marketingConsent?: { readonly granted: boolean; readonly at: Date; readonly source: string };
}

/** What belongs to a number (`phone_settings`), whoever holds it. */
export interface NumberSettings {
  /** E.164. */
  readonly phone: string;
  /** Set by STOP, withdrawn by START. */
  readonly marketingOptOut?: { readonly at: Date; readonly source: string };
  /** The provider said that this number cannot be reached. */
  readonly suppressed?: { readonly reason: string; readonly at: Date; readonly until: Date };
  readonly marketingConsent?: { readonly at: Date; readonly source: string };
  readonly lastInboundAt?: Date;
}

/** Both kinds together: a send must be allowed by both, the stricter wins. */
export interface RecipientSettings {
  readonly person?: PersonSettings;
  readonly number?: NumberSettings;
}

/** Where EarlyBird's customers live, unless their settings say otherwise. */
export const defaultTimeZone = 'Asia/Kolkata';
