import { Interruption, after, databaseAway, outcomes, outlasting, queuedStage, testStart } from '@earlybird/testing';
import { dispatchNotification } from './dispatch-notification.js';

const minute = 60_000;

describe('what a refusal asks for', () => {
  it.each([
    ['suppress_recipient', { suppressed: { reason: 'bad_number', at: testStart, until: after(24 * 60 * minute) } }],
    ['marketing_opt_out', { marketingOptOut: { at: testStart, source: 'provider' } }],
  ] as const)('%s is kept for the number', async (consequence, expected) => {
    const { stage, notification, dispatch, envelope } = await queuedStage({
      kind: 'refused',
      reason: 'bad_number',
      consequence,
    });
    await dispatch(envelope());
    expect((await stage.settings.find(notification.recipient)).number).toEqual({
      phone: '+919876543210',
      ...expected,
    });
  });

  it('of an unreachable number is nothing where every message is to be tried', async () => {
    const { stage, notification, envelope } = await queuedStage({
      kind: 'refused',
      reason: 'bad_number',
      consequence: 'suppress_recipient',
    });
    const worker = stage.worker('worker-1');
    await dispatchNotification({ ...worker, policy: { ...worker.policy, suppressNumberMs: 0 } })(envelope());
    expect((await stage.settings.find(notification.recipient)).number).toBeUndefined();
  });

  it('outlasts an outage of the database', async () => {
    const { stage, notification, envelope } = await queuedStage({
      ...outcomes.refused,
      consequence: 'marketing_opt_out',
    });
    // The seventh call of a port, after the finish.
    const interruption = new Interruption(7, 'before', databaseAway);
    await outlasting(stage.clock, dispatchNotification(stage.worker('worker-1', interruption))(envelope()));
    expect((await stage.settings.find(notification.recipient)).number).toHaveProperty('marketingOptOut');
    expect(stage.reporter.of('waiting_for_database')).toMatchObject([{ step: 'draw consequence' }]);
  });

  it('is nothing where the refusal concerns only the message', async () => {
    const { stage, notification, dispatch, envelope } = await queuedStage(outcomes.refused);
    await dispatch(envelope());
    expect((await stage.settings.find(notification.recipient)).number).toBeUndefined();
  });
});
