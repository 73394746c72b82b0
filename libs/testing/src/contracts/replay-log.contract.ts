import { type Notification, type NotificationStore, type ReplayLog } from '@earlybird/core';
import { aNotification } from '../builders/a-notification.js';
import { after } from '../builders/instant.js';

/** Replay log and store on the same notifications, of which there are none. */
export interface ReplayLogUnderTest {
  readonly replayLog: ReplayLog;
  readonly notifications: NotificationStore;
  close(): Promise<void>;
}

const failed = { status: 'failed', from: after(0), to: after(10_000) } as const;

/** What every ReplayLog promises. */
export function replayLogContract(name: string, make: () => Promise<ReplayLogUnderTest>): void {
  describe(`${name} keeps the contract of the replay log`, () => {
    let under: ReplayLogUnderTest;
    beforeAll(async () => (under = await make()));
    afterAll(() => under.close());

    const created = async (parts: Partial<Notification>) => {
      const notification = aNotification(parts);
      await under.notifications.create(notification);
      return notification.id;
    };
    const found = async (...query: Parameters<ReplayLog['candidates']>) =>
      (await under.replayLog.candidates(...query)).map(({ id }) => id);

    it('finds what ever came to the status within the time, whatever became of it, the oldest first', async () => {
      const ids = {
        later: await created({ status: 'failed', createdAt: after(3_000) }),
        delivered: await created({
          status: 'delivered',
          createdAt: after(2_000),
          statusTimes: { failed: after(2_500), delivered: after(2_600) },
        }),
        first: await created({ id: 'msg_2', status: 'failed', createdAt: after(1_000) }),
        twin: await created({ id: 'msg_1', status: 'failed', createdAt: after(1_000), messageType: 'new_product' }),
        doubtful: await created({ status: 'unknown', createdAt: after(1_500), recipient: { phone: '+919876500001' } }),
        neverFailed: await created({ status: 'sent', createdAt: after(1_500) }),
        before: await created({ status: 'failed', createdAt: after(-1) }),
        behind: await created({ status: 'failed', createdAt: after(10_000) }),
      };
      const all = [ids.twin, ids.first, ids.delivered, ids.later];
      expect(await found(failed, undefined, 10)).toEqual(all);
      expect(await under.replayLog.countCandidates(failed)).toBe(4);
      expect(await found(failed, undefined, 1)).toEqual(all.slice(0, 1));
      for (const [index, id] of all.entries()) {
        const createdAt = (await under.notifications.find(id))?.createdAt ?? after(0);
        expect(await found(failed, { id, createdAt }, 10)).toEqual(all.slice(index + 1));
      }
      expect(await found({ ...failed, messageType: 'new_product' }, undefined, 10)).toEqual([ids.twin]);
      expect(await under.replayLog.countCandidates({ ...failed, messageType: 'new_product' })).toBe(1);
      expect(await found({ ...failed, status: 'unknown' }, undefined, 10)).toEqual([ids.doubtful]);
      expect(await found({ ...failed, status: 'unknown', phone: '+919876500001' }, undefined, 10)).toEqual([
        ids.doubtful,
      ]);
      expect(await found({ ...failed, phone: '+919876500001' }, undefined, 10)).toEqual([]);
    });

    it('counts what a replay made by its status, and of the newest alone', async () => {
      const statuses = ['sent', 'failed', 'queued', 'failed', 'failed', 'queued'] as const;
      for (const [index, status] of statuses.entries())
        await created({ status, createdAt: after(20_000 + index), replay: 'replay_1' });
      await created({ status: 'read', replay: 'replay_2', createdAt: after(20_000) });
      await created({ status: 'read', createdAt: after(20_000) });
      expect(await under.replayLog.statusesOf('replay_1')).toEqual({ sent: 1, failed: 3, queued: 2 });
      expect(await under.replayLog.statusesOf('replay_3')).toEqual({});
      expect(await under.replayLog.latestOf('replay_1', ['sent', 'failed'], 3)).toEqual({ failed: 3 });
      expect(await under.replayLog.latestOf('replay_1', ['sent', 'failed'], 4)).toEqual({ failed: 3, sent: 1 });
    });
  });
}
