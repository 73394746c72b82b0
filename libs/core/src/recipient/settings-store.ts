import type { Recipient } from './recipient.js';
import type { RecipientSettings } from './settings.js';

/** Port: what is on record for a recipient. At most 5 s old in every process. Throws AppError `database_unavailable`. */
export interface SettingsStore {
  find(recipient: Recipient): Promise<RecipientSettings>;
  /** The number cannot be reached: nothing is sent to it until `until`. */
  suppressNumber(phone: string, reason: string, at: Date, until: Date): Promise<void>;
  /** The number's holder wants no marketing (`granted: false`) or wants it again (`granted: true`). */
  recordMarketingWish(
    phone: string,
    wish: { readonly granted: boolean; readonly at: Date; readonly source: string },
  ): Promise<void>;
  recordInbound(phone: string, at: Date): Promise<void>;
}
