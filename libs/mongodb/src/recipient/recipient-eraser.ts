import { maskPhone, type NumberSettings, type PersonSettings, type RecipientEraser } from '@earlybird/core';
import { type mongo } from 'mongoose';
import { collectionNames } from '../connection/collection-names.js';
import { type MongoConnection } from '../connection/mongo-connection.js';
import { type StoredParkedEvent } from '../event/parked-event.schema.js';
import { type StoredNotification } from '../notification/stored-notification.js';
import { type StoredReplay } from '../replay/stored-replay.js';

/** Takes a person's data out of every collection that has it. */
export class MongoRecipientEraser implements RecipientEraser {
  constructor(private readonly connection: MongoConnection) {}

  eraseNotifications(phone: string, at: Date): Promise<number> {
    const log = this.connection.collection<StoredNotification>(collectionNames.notifications);
    const update = {
      $set: { recipient: {}, context: {}, erasedAt: at, updatedAt: at },
      $unset: { text: '', 'attempts.$[].detail': '', 'adminActions.$[].note': '' },
    } as const;
    return this.run('notifications', async () => {
      const { matchedCount } = await log.updateMany({ 'recipient.phone': { $eq: phone } }, update);
      return matchedCount;
    });
  }

  eraseSettings(phone: string): Promise<number> {
    const persons = this.connection.collection<PersonSettings>(collectionNames.personSettings);
    const numbers = this.connection.collection<NumberSettings>(collectionNames.numberSettings);
    return this.run('settings', async () => {
      // Without its opt-out the number would be written to again: only what is beside it goes.
      const emptied = await numbers.updateOne({ phone: { $eq: phone }, marketingOptOut: { $exists: true } }, beside);
      const deleted = await Promise.all([
        persons.deleteMany({ phone: { $eq: phone } }),
        numbers.deleteMany({ phone: { $eq: phone }, marketingOptOut: { $exists: false } }),
      ]);
      return deleted.reduce((sum, { deletedCount }) => sum + deletedCount, emptied.modifiedCount);
    });
  }

  eraseReplays(phone: string): Promise<number> {
    const replays = this.connection.collection<StoredReplay>(collectionNames.replays);
    return this.run('replays', async () => {
      const named = { 'filter.phone': { $eq: phone, $exists: true } };
      const { matchedCount } = await replays.updateMany(named, { $set: { 'filter.phone': maskPhone(phone) } });
      return matchedCount;
    });
  }

  eraseParkedEvents(phone: string): Promise<number> {
    const parked = this.connection.collection<StoredParkedEvent>(collectionNames.parkedEvents);
    return this.run('parked events', async () => {
      let erased = 0;
      // Parked events are few, and only their bodies tell whom they are about. The condition walks the index of `parkedAt`.
      for await (const { _id, body } of parked.find({ parkedAt: { $gt: new Date(0) } }, { projection: { body: 1 } })) {
        if (!names(body, phone)) continue;
        await parked.updateOne({ _id }, { $set: { body: '', detail: '' } });
        erased += 1;
      }
      return erased;
    });
  }

  private run<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    return this.connection.run(`erase ${what}`, work);
  }
}

/** What a number's settings hold beside its opt-out. */
const beside = { $unset: { suppressed: '', marketingConsent: '', lastInboundAt: '' } } as const;

/** Events may carry a bare Indian number, with spaces or dashes: the last ten digits are what all spellings have in common. */
function names(body: mongo.WithId<StoredParkedEvent>['body'], phone: string): boolean {
  const digits = phone.replace(/\D/g, '').slice(-10);
  return Buffer.from(body, 'base64').toString().replace(/[\s-]/g, '').includes(digits);
}
