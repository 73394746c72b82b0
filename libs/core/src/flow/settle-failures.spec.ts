import { after, aNotification, FakeClock, MemoryDesk, MemoryFailures, MemoryLog } from '@earlybird/testing';
import type { Notification } from '../notification/notification.js';
import { dismissFailures, restoreFailures } from './settle-failures.js';

function stage() {
  const log = new MemoryLog();
  const parts = { failures: new MemoryFailures(log), desk: new MemoryDesk(log), clock: new FakeClock(after(9_000)) };
  const put = (notification: Partial<Notification> = {}) => {
    const one = aNotification({ status: 'failed', statusReason: 'timeout', ...notification });
    log.put(one);
    return one.id;
  };
  return { log, put, dismiss: dismissFailures(parts), restore: restoreFailures(parts) };
}

const deed = { by: 'asha', note: 'known trouble' };
const group = { cause: 'timeout', messageType: 'order_confirmation', from: after(0), to: after(1), most: 100 };

describe('failures', () => {
  it('are dismissed and restored by their ids', async () => {
    const { log, put, dismiss, restore } = stage();
    const [one, other, sent] = [put(), put({ status: 'unknown' }), put({ status: 'sent' })];
    expect(await dismiss({ ids: [one, other, sent] }, deed)).toBe(2);
    expect(log.get(one)).toMatchObject({
      resolved: { by: 'asha', at: after(9_000), how: 'dismissed' },
      adminActions: [{ by: 'asha', action: 'dismissed', note: 'known trouble' }],
    });
    expect(await dismiss({ ids: [one] }, deed)).toBe(0);
    expect(await restore({ ids: [one, sent] }, { by: 'ravi' })).toBe(1);
    expect(log.get(one)?.adminActions.map(({ action }) => action)).toEqual(['dismissed', 'restored']);
    expect(log.get(one)).not.toHaveProperty('resolved');
  });

  it('are dismissed and restored by their group, within its time', async () => {
    const { log, put, dismiss, restore } = stage();
    const same = [put(), put()];
    const others = [
      put({ statusReason: 'bad_number' }),
      put({ messageType: 'new_product' }),
      put({ createdAt: after(5) }),
    ];
    expect(await dismiss(group, deed)).toBe(2);
    expect(same.map((id) => log.get(id)?.resolved?.how)).toEqual(['dismissed', 'dismissed']);
    expect(others.map((id) => log.get(id)?.resolved)).toEqual([undefined, undefined, undefined]);
    expect(await restore(group, deed)).toBe(2);
    expect(await restore(group, deed)).toBe(0);
  });

  it('of a group of thousands are dismissed all', async () => {
    const { put, dismiss } = stage();
    Array.from({ length: 2_345 }, () => put());
    expect(await dismiss({ ...group, most: 50_000 }, deed)).toBe(2_345);
  });
});
