import type { PersonSettings, SettingsDesk, SettingsStore } from '@earlybird/core';
import { after } from '../builders/instant.js';

/** Desk and store on the same settings. */
export interface SettingsDeskUnderTest {
  readonly desk: SettingsDesk;
  readonly settings: SettingsStore;
  close(): Promise<void>;
}

const asha: PersonSettings = {
  userId: 'desk-asha',
  phone: '+919876500001',
  notificationsEnabled: true,
  notificationTypes: { promotional: false, delivery_reminder: true },
  doNotDisturbStart: '22:00',
  doNotDisturbEnd: '07:00',
  timezone: 'Asia/Kolkata',
  language: 'hi',
  marketingConsent: { granted: true, at: after(1), source: 'shop' },
};

/** What every SettingsDesk promises. */
export function settingsDeskContract(name: string, make: () => Promise<SettingsDeskUnderTest>): void {
  describe(`${name} keeps the contract of the settings desk`, () => {
    let under: SettingsDeskUnderTest;
    beforeAll(async () => (under = await make()));
    afterAll(() => under.close());

    it('does not know whom nobody has saved', async () => {
      expect(await under.desk.findPerson('desk-nobody')).toBeUndefined();
      expect(await under.desk.findNumber('+919876500000')).toBeUndefined();
    });

    it('gives back a person as saved', async () => {
      await under.desk.savePerson(asha);
      expect(await under.desk.findPerson(asha.userId)).toStrictEqual(asha);
      expect((await under.settings.find({ userId: asha.userId })).person).toStrictEqual(asha);
    });

    it('replaces everything of a person', async () => {
      await under.desk.savePerson({ ...asha, userId: 'desk-ravi' });
      await under.desk.savePerson({ userId: 'desk-ravi', notificationsEnabled: false });
      expect(await under.desk.findPerson('desk-ravi')).toStrictEqual({
        userId: 'desk-ravi',
        notificationsEnabled: false,
      });
    });

    it('saves one person once, however many save at once', async () => {
      const saves = Array.from({ length: 10 }, () => under.desk.savePerson({ userId: 'desk-many', language: 'en' }));
      await Promise.all(saves);
      expect(await under.desk.findPerson('desk-many')).toStrictEqual({ userId: 'desk-many', language: 'en' });
    });

    it('sets and takes back what belongs to a number, and keeps what others said of it', async () => {
      const phone = '+919876500002';
      await under.settings.recordMarketingWish(phone, { granted: true, at: after(1), source: 'reply' });
      await under.settings.recordInbound(phone, after(1));
      const marketingOptOut = { at: after(2), source: 'asha' };
      const suppressed = { reason: 'asked us', at: after(2), until: after(9_000) };
      const kept = { phone, lastInboundAt: after(1) };
      const saved = await under.desk.saveNumber({ phone, marketingOptOut, suppressed });
      expect(saved).toMatchObject({ ...kept, marketingOptOut, suppressed });
      expect(await under.desk.findNumber(phone)).toStrictEqual(saved);
      const cleared = await under.desk.saveNumber({ phone });
      expect(cleared).toStrictEqual({ ...kept, marketingConsent: { at: after(1), source: 'reply' } });
    });

    it('makes a number that nobody knew', async () => {
      const phone = '+919876500003';
      expect(await under.desk.saveNumber({ phone })).toStrictEqual({ phone });
      expect(await under.desk.findNumber(phone)).toStrictEqual({ phone });
    });
  });
}
