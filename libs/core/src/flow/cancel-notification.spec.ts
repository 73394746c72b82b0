import {
  after,
  aNotification,
  FakeClock,
  MemoryDesk,
  MemoryLog,
  memoryStores,
  RecordingReporter,
} from '@earlybird/testing';
import { deliveryStatuses } from '../notification/delivery-status.js';
import type { Notification } from '../notification/notification.js';
import { cancelNotification } from './cancel-notification.js';

const deed = { by: 'asha', note: 'wrong customer' };

function standing(status: Notification['status']) {
  const log = new MemoryLog();
  const notification = aNotification({ status, wakeAt: after(1), dueAt: after(1), nextAttemptAt: after(1) });
  log.put(notification);
  const reporter = new RecordingReporter();
  const clock = new FakeClock(after(5_000));
  const { notifications } = memoryStores(log);
  const cancel = cancelNotification({ notifications, desk: new MemoryDesk(log), clock, reporter });
  return { log, notification, reporter, cancel };
}

describe('cancelling', () => {
  it.each(['scheduled', 'queued', 'retrying'] as const)(
    'stops a %s notification, and says who did it',
    async (status) => {
      const { notification, cancel, reporter } = standing(status);
      const result = await cancel(notification.id, deed);
      expect(result).toMatchObject({
        kind: 'cancelled',
        notification: {
          status: 'cancelled',
          statusReason: 'by_admin',
          adminActions: [{ at: after(5_000), by: 'asha', action: 'cancelled', note: 'wrong customer' }],
          statusTimes: { cancelled: after(5_000) },
        },
      });
      expect(result.kind === 'cancelled' && Object.keys(result.notification)).not.toContain('wakeAt');
      expect(reporter.of('status_changed')).toMatchObject([{ status: 'cancelled', reason: 'by_admin' }]);
    },
  );

  it.each(deliveryStatuses.filter((status) => !['scheduled', 'queued', 'retrying'].includes(status)))(
    'leaves a %s notification as it is',
    async (status) => {
      const { log, notification, cancel, reporter } = standing(status);
      expect(await cancel(notification.id, deed)).toEqual({ kind: 'too_late', status });
      expect(log.get(notification.id)).toEqual(notification);
      expect(reporter.happenings).toEqual([]);
    },
  );

  it('does not find what is not there', async () => {
    expect(await standing('queued').cancel('msg_nobody', deed)).toEqual({ kind: 'not_found' });
  });

  it('is done by one of many at once', async () => {
    const { notification, cancel } = standing('queued');
    const results = await Promise.all(Array.from({ length: 10 }, () => cancel(notification.id, { by: 'asha' })));
    expect(results.filter(({ kind }) => kind === 'cancelled')).toHaveLength(1);
  });
});
