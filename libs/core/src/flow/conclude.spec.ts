import { after, Interruption, outcomes, queuedStage, runLanes, testStart } from '@earlybird/testing';
import { AppError } from '../kernel/app-error.js';
import { dispatchNotification } from './dispatch-notification.js';

const minute = 60_000;

describe('concluding', () => {
  it('tells what waits why it waits and until when', async () => {
    const { stage, dispatch, envelope } = await queuedStage(outcomes.deferred);
    await dispatch(envelope());
    expect(stage.queue.delayed).toMatchObject([
      {
        story: {
          reason: 'provider_error',
          errorCode: '131000',
          nextAttemptAt: after(5 * minute),
          firstFailedAt: testStart,
        },
      },
    ]);
  });

  it.each(['broker_unavailable', 'publish_unconfirmed'] as const)(
    'settles again from what is stored when the broker is away (%s)',
    async (code) => {
      for (const when of ['before', 'after'] as const) {
        const { stage, now, envelope } = await queuedStage(outcomes.deferred);
        const error = new AppError(code, 'away');
        const dispatch = dispatchNotification(stage.worker('worker-1', new Interruption(8, when, error)));
        await expect(dispatch(envelope())).rejects.toBe(error);
        expect(now().status).toBe('retrying');
        await dispatch(envelope(true));
        await runLanes(stage, dispatch);
        expect(stage.sender.shipments).toHaveLength(3);
        expect(stage.queue.parked).toHaveLength(1);
        expect(stage.reporter.of('settled_again')).toHaveLength(1);
      }
    },
  );
});
