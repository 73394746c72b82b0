import type { PersonSettings, SettingsStore } from '@earlybird/core';
import { after } from '../builders/instant.js';

/** A settings store, and how a person's preferences get into it. */
export interface SettingsStoreUnderTest {
  readonly settings: SettingsStore;
  /** Saves preferences; called before the store is asked for this person. */
  putPerson(person: PersonSettings): Promise<void>;
  close(): Promise<void>;
}

/** What every SettingsStore promises (data.md). What a store wrote itself it sees at once. */
export function settingsStoreContract(name: string, makeStore: () => Promise<SettingsStoreUnderTest>): void {
  describe(`${name} keeps the contract of the settings store`, () => {
    let store: SettingsStoreUnderTest;
    let settings: SettingsStore;
    let made = 0;
    beforeAll(async () => {
      store = await makeStore();
      settings = store.settings;
    });
    afterAll(() => store.close());

    const newPhone = () => `+9198765${String((made += 1)).padStart(5, '0')}`;
    const ofNumber = async (phone: string) => (await settings.find({ phone })).number;

    it('finds nothing for somebody of whom nothing is on record', async () => {
      expect(await settings.find({ phone: newPhone(), userId: 'nobody' })).toStrictEqual({});
      expect(await settings.find({})).toStrictEqual({});
    });

    it('finds a person by user id, exactly as saved', async () => {
      const person: PersonSettings = {
        userId: 'user-1',
        phone: newPhone(),
        notificationsEnabled: true,
        notificationTypes: { promotional: false, delivery_reminder: true },
        doNotDisturbStart: '22:00',
        doNotDisturbEnd: '07:00',
        timezone: 'Asia/Kolkata',
        language: 'hi',
        marketingConsent: { granted: true, at: after(0), source: 'app' },
      };
      await store.putPerson(person);
      expect(await settings.find({ userId: 'user-1' })).toStrictEqual({ person });
      expect(await settings.find({ userId: 'user-1', phone: newPhone() })).toStrictEqual({ person });
    });

    it('keeps absent preferences absent', async () => {
      await store.putPerson({ userId: 'user-bare' });
      expect(await settings.find({ userId: 'user-bare' })).toStrictEqual({ person: { userId: 'user-bare' } });
    });

    it('finds a person by phone when no one has the user id', async () => {
      const person = { userId: 'user-2', phone: newPhone(), notificationsEnabled: false };
      await store.putPerson(person);
      expect(await settings.find({ phone: person.phone })).toStrictEqual({ person });
      expect(await settings.find({ phone: person.phone, userId: 'user-of-others' })).toStrictEqual({ person });
    });

    it('suppresses a number, and the latest word counts', async () => {
      const phone = newPhone();
      await settings.suppressNumber(phone, 'bad_number', after(0), after(1_000));
      await settings.suppressNumber(phone, 'unreachable', after(10), after(5_000));
      expect(await ofNumber(phone)).toStrictEqual({
        phone,
        suppressed: { reason: 'unreachable', at: after(10), until: after(5_000) },
      });
    });

    it('records that a number wants no marketing, and that it wants it again', async () => {
      const phone = newPhone();
      await settings.recordMarketingWish(phone, { granted: false, at: after(0), source: 'STOP' });
      expect(await ofNumber(phone)).toStrictEqual({ phone, marketingOptOut: { at: after(0), source: 'STOP' } });
      await settings.recordMarketingWish(phone, { granted: true, at: after(1), source: 'START' });
      expect(await ofNumber(phone)).toStrictEqual({ phone, marketingConsent: { at: after(1), source: 'START' } });
      await settings.recordMarketingWish(phone, { granted: false, at: after(2), source: 'provider' });
      expect(await ofNumber(phone)).toStrictEqual({ phone, marketingOptOut: { at: after(2), source: 'provider' } });
    });

    it('lets the newer wish stand, whichever comes last', async () => {
      const phone = newPhone();
      await settings.recordMarketingWish(phone, { granted: false, at: after(5), source: 'STOP' });
      await settings.recordMarketingWish(phone, { granted: true, at: after(1), source: 'START' });
      expect(await ofNumber(phone)).toStrictEqual({ phone, marketingOptOut: { at: after(5), source: 'STOP' } });
    });

    it('records when the number wrote last, whichever comes last', async () => {
      const phone = newPhone();
      for (const ms of [5, 9, 7]) await settings.recordInbound(phone, after(ms));
      expect(await ofNumber(phone)).toStrictEqual({ phone, lastInboundAt: after(9) });
    });

    it('keeps what belongs to a number together, also when all comes at once', async () => {
      const phone = newPhone();
      await Promise.all([
        settings.recordInbound(phone, after(3)),
        settings.suppressNumber(phone, 'bad_number', after(0), after(1_000)),
        settings.recordMarketingWish(phone, { granted: false, at: after(0), source: 'STOP' }),
      ]);
      expect(await settings.find({ userId: 'nobody', phone })).toStrictEqual({
        number: {
          phone,
          suppressed: { reason: 'bad_number', at: after(0), until: after(1_000) },
          marketingOptOut: { at: after(0), source: 'STOP' },
          lastInboundAt: after(3),
        },
      });
    });

    it('shows what was written to somebody it had been asked for just before', async () => {
      const phone = newPhone();
      expect(await ofNumber(phone)).toBeUndefined();
      await settings.suppressNumber(phone, 'bad_number', after(0), after(1_000));
      expect(await ofNumber(phone)).toHaveProperty('suppressed');
    });
  });
}
