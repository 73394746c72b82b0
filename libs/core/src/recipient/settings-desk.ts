import type { NumberSettings, PersonSettings } from './settings.js';

/** What people may change about a number; everything else about it comes from the provider and the number's holder. */
export interface NumberWish {
  readonly phone: string;
  /** Absent: no opt-out. */
  readonly marketingOptOut?: NonNullable<NumberSettings['marketingOptOut']>;
  /** Absent: not suppressed. */
  readonly suppressed?: NonNullable<NumberSettings['suppressed']>;
}

/**
 * Port: settings as people read and write them, always as they are now. Sending sees a change within 5 s
 * (`SettingsStore`). Throws AppError `database_unavailable`.
 */
export interface SettingsDesk {
  findPerson(userId: string): Promise<PersonSettings | undefined>;
  /** Takes the place of everything that was on record for the person. */
  savePerson(settings: PersonSettings): Promise<void>;
  findNumber(phone: string): Promise<NumberSettings | undefined>;
  /** Keeps consent by reply and the last inbound; answers with the settings as they are then. */
  saveNumber(wish: NumberWish): Promise<NumberSettings>;
}
