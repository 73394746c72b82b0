import type { NumberSettings, NumberWish, PersonSettings, SettingsDesk } from '@earlybird/core';
import type { MemorySettings } from './memory-settings.js';

/** Settings in memory, as people read and write them. */
export class MemorySettingsDesk implements SettingsDesk {
  constructor(private readonly settings: MemorySettings) {}

  async findPerson(userId: string): Promise<PersonSettings | undefined> {
    return (await this.settings.find({ userId })).person;
  }

  async savePerson(settings: PersonSettings): Promise<void> {
    this.settings.putPerson(settings);
  }

  async findNumber(phone: string): Promise<NumberSettings | undefined> {
    return (await this.settings.find({ phone })).number;
  }

  async saveNumber(wish: NumberWish): Promise<NumberSettings> {
    const {
      marketingOptOut: _optOut,
      suppressed: _suppressed,
      ...kept
    } = (await this.findNumber(wish.phone)) ?? { phone: wish.phone };
    const saved = { ...kept, ...wish };
    this.settings.putNumber(saved);
    return saved;
  }
}
