import type { NumberSettings, PersonSettings, Recipient, RecipientSettings, SettingsStore } from '@earlybird/core';
import { turn } from './memory-log.js';

/** Settings in memory. */
export class MemorySettings implements SettingsStore {
  private readonly persons = new Map<string, PersonSettings>();
  private readonly numbers = new Map<string, NumberSettings>();

  /** What an admin would save. */
  putPerson(person: PersonSettings): void {
    this.persons.set(person.userId, person);
  }

  /** What an admin would save of a number. */
  putNumber(number: NumberSettings): void {
    this.numbers.set(number.phone, number);
  }

  /** Forgets the number, but for its opt-out, and the persons who have it. Answers how many records that were. */
  removeAllOf(phone: string): number {
    const holders = [...this.persons.values()].filter((person) => person.phone === phone);
    for (const { userId } of holders) this.persons.delete(userId);
    const known = this.numbers.get(phone);
    this.numbers.delete(phone);
    if (known?.marketingOptOut !== undefined)
      this.numbers.set(phone, { phone, marketingOptOut: known.marketingOptOut });
    const isLess = known !== undefined && (known.marketingOptOut === undefined || Object.keys(known).length > 2);
    return holders.length + (isLess ? 1 : 0);
  }

  async find({ userId, phone }: Recipient): Promise<RecipientSettings> {
    await turn();
    const byId = userId === undefined ? undefined : this.persons.get(userId);
    const person = byId ?? this.holderOf(phone);
    const number = phone === undefined ? undefined : this.numbers.get(phone);
    return { ...(person === undefined ? {} : { person }), ...(number === undefined ? {} : { number }) };
  }

  async suppressNumber(phone: string, reason: string, at: Date, until: Date): Promise<void> {
    await turn();
    this.numbers.set(phone, { ...this.number(phone), suppressed: { reason, at, until } });
  }

  async recordMarketingWish(
    phone: string,
    { granted, at, source }: { readonly granted: boolean; readonly at: Date; readonly source: string },
  ): Promise<void> {
    await turn();
    const { marketingOptOut, marketingConsent, ...rest } = this.number(phone);
    const earlier = marketingOptOut ?? marketingConsent;
    if (earlier !== undefined && earlier.at > at) return;
    const wish = granted ? { marketingConsent: { at, source } } : { marketingOptOut: { at, source } };
    this.numbers.set(phone, { ...rest, ...wish });
  }

  async recordInbound(phone: string, at: Date): Promise<void> {
    await turn();
    const known = this.number(phone);
    if (known.lastInboundAt === undefined || known.lastInboundAt < at)
      this.numbers.set(phone, { ...known, lastInboundAt: at });
  }

  private number(phone: string): NumberSettings {
    return this.numbers.get(phone) ?? { phone };
  }

  private holderOf(phone: string | undefined): PersonSettings | undefined {
    return phone === undefined ? undefined : [...this.persons.values()].find((person) => person.phone === phone);
  }
}
