import {
  Interruption,
  Stage,
  aReceipt,
  after,
  databaseAway,
  heldParts,
  outcomes,
  queuedStage,
} from '@earlybird/testing';
import fc from 'fast-check';
import type { Receipt } from '../receipt/receipt.js';
import { placeOrphans } from './place-orphans.js';
import { recordReceipt } from './record-receipt.js';

const wamid = 'wamid-1';
const accepted = { kind: 'accepted', providerMessageId: wamid } as const;
const ladder = (['sent', 'delivered', 'read'] as const).map((status, index) =>
  aReceipt({ providerMessageId: wamid, status, at: after(1_000 * (index + 1)) }),
);

describe('recording a receipt', () => {
  it('moves the notification that it is for', async () => {
    const { stage, notification, dispatch, now, envelope } = await queuedStage(accepted);
    await dispatch(envelope());
    await recordReceipt(stage.worker())(aReceipt({ providerMessageId: wamid }));
    expect(now().status).toBe('delivered');
    expect(stage.reporter.of('receipt_recorded')).toEqual([
      { kind: 'receipt_recorded', status: 'delivered', result: 'applied', notificationId: notification.id },
    ]);
  });

  it('counts a double once', async () => {
    const { stage, dispatch, now, envelope } = await queuedStage(accepted);
    await dispatch(envelope());
    const record = recordReceipt(stage.worker());
    for (let copy = 0; copy < 3; copy += 1) await record(aReceipt({ providerMessageId: wamid }));
    expect(now().receipts).toHaveLength(1);
    expect(stage.reporter.of('receipt_recorded').map(({ result }) => result)).toEqual([
      'applied',
      'duplicate',
      'duplicate',
    ]);
  });

  it('keeps one whose message nobody knows, and applies it when the message is known', async () => {
    const { stage, dispatch, now, envelope } = await queuedStage(accepted);
    await recordReceipt(stage.worker())(aReceipt({ providerMessageId: wamid }));
    expect(stage.reporter.of('receipt_recorded')).toMatchObject([{ result: 'orphaned' }]);
    await dispatch(envelope());
    expect(now().status).toBe('delivered');
    expect(await stage.stores.receipts.findOrphans(wamid)).toEqual([]);
  });

  it('resolves a doubt by our own reference', async () => {
    const { stage, notification, dispatch, now, envelope } = await queuedStage(outcomes.unknown, heldParts);
    await dispatch(envelope());
    expect(now().status).toBe('unknown');
    const reference = { notificationId: notification.id, attempt: 1 };
    await recordReceipt(stage.worker())(aReceipt({ providerMessageId: wamid, reference, status: 'sent' }));
    expect(now()).toMatchObject({ status: 'sent', providerMessageId: wamid });
  });

  it('never lets acceptance and receipts miss each other, in whatever order their steps fall', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { stage, dispatch, now, envelope } = await queuedStage(accepted);
        const { receipts } = stage.worker();
        const slow = {
          apply: (receipt: Receipt) => scheduler.schedule(Promise.resolve()).then(() => receipts.apply(receipt)),
          keepOrphan: (receipt: Receipt) =>
            scheduler.schedule(Promise.resolve()).then(() => receipts.keepOrphan(receipt)),
          findOrphans: (id: string) => scheduler.schedule(Promise.resolve()).then(() => receipts.findOrphans(id)),
          removeOrphan: (receipt: Receipt) =>
            scheduler.schedule(Promise.resolve()).then(() => receipts.removeOrphan(receipt)),
        };
        const record = recordReceipt({ ...stage.worker(), receipts: slow });
        const sending = scheduler
          .schedule(Promise.resolve())
          .then(() => dispatch(envelope()))
          .then(() => placeOrphans({ receipts: slow }, wamid));
        await scheduler.waitFor(Promise.all([sending, ...ladder.map(record)]));
        expect(now().status).toBe('read');
        expect(now().receipts).toHaveLength(3);
        expect(await receipts.findOrphans(wamid)).toEqual([]);
      }),
    );
  });

  describe.each(['before', 'after'] as const)('when the worker is killed %s a step', (when) => {
    it.each([1, 2, 3, 4])('(the %i. one), loses nothing after the redelivery', async (step) => {
      const { stage, dispatch, now, envelope } = await queuedStage(accepted);
      const receipt = aReceipt({ providerMessageId: wamid });
      const dying = recordReceipt(stage.worker('dying', new Interruption(step, when)));
      await dying(receipt).catch(() => recordReceipt(stage.worker())(receipt));
      await dispatch(envelope());
      expect(now()).toMatchObject({ status: 'delivered', receipts: [{ status: 'delivered' }] });
    });
  });

  it('throws an outage, so that the envelope stays', async () => {
    const stage = new Stage();
    const record = recordReceipt(stage.worker('worker-1', new Interruption(1, 'before', databaseAway)));
    await expect(record(aReceipt({ providerMessageId: wamid }))).rejects.toBe(databaseAway);
  });
});
