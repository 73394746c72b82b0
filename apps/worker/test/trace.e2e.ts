import { sampleEvent } from '@earlybird/events';
import { eventually, guardLeaks, type RunningSystem, startSystem } from '@earlybird/testing';

const traceId = '0af7651916cd43dd8448eb211c80319c';

describe('the trace of a publisher', () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await startSystem();
  }, 60_000);
  afterAll(() => system.stop());

  it('is in every log line of the notification, through each envelope and retry', async () => {
    const customer = { phone: '+919999900002' };
    const event = sampleEvent('order.created', { id: 'traced', time: new Date(), customer });
    await system.publishers.publish({ ...event, traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    const notification = await eventually(
      async () => {
        const found = await system.record.notificationOf('traced');
        return found?.status === 'sent' && found;
      },
      { withinMs: 15_000, message: 'the third attempt is accepted' },
    );
    const lines = await eventually(
      () => {
        const all = system.workers[0]?.log().filter((line) => line['notificationId'] === notification._id) ?? [];
        return all.filter((line) => line.event === 'attempt_finished').length === 3 && all;
      },
      { message: 'three attempts are in the log' },
    );
    expect(lines.map((line) => line.event)).toContain('event_accepted');
    expect(new Set(lines.map((line) => line['traceId']))).toEqual(new Set([traceId]));
  });
});

guardLeaks();
