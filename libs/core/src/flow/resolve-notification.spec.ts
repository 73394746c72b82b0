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
import { resolveNotification } from './resolve-notification.js';

const deed = { by: 'asha' };

function standing(status: Notification['status']) {
  const log = new MemoryLog();
  const notification = aNotification({ status });
  log.put(notification);
  const { notifications } = memoryStores(log);
  const parts = {
    notifications,
    desk: new MemoryDesk(log),
    clock: new FakeClock(after(5_000)),
    reporter: new RecordingReporter(),
  };
  return { log, notification, resolve: resolveNotification(parts) };
}

describe('resolving', () => {
  it.each(['sent', 'failed'] as const)('settles a doubt as %s, and says who did it', async (verdict) => {
    const { notification, resolve } = standing('unknown');
    expect(await resolve(notification.id, verdict, { by: 'asha', note: 'asked the customer' })).toMatchObject({
      kind: 'resolved',
      notification: {
        status: verdict,
        statusReason: `resolved_as_${verdict}`,
        resolved: { by: 'asha', at: after(5_000), how: `resolved_as_${verdict}` },
        adminActions: [{ by: 'asha', action: 'resolved', note: 'asked the customer' }],
      },
    });
  });

  it.each(deliveryStatuses.filter((status) => status !== 'unknown'))(
    'leaves a %s notification as it is',
    async (status) => {
      const { log, notification, resolve } = standing(status);
      expect(await resolve(notification.id, 'failed', deed)).toEqual({ kind: 'no_doubt', status });
      expect(log.get(notification.id)).toEqual(notification);
    },
  );

  it('does not find what is not there', async () => {
    expect(await standing('unknown').resolve('msg_nobody', 'sent', deed)).toEqual({ kind: 'not_found' });
  });
});
