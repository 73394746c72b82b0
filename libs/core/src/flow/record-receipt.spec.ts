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
import type { Consequence } from '../attempt/outcome.js';
import { trailOf } from '../notification/trail-of.js';
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
      { kind: 'receipt_recorded', status: 'delivered', result: 'applied', ...trailOf(notification) },
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

  it('places the orphans of a message whose id a receipt with our own reference tells first', async () => {
    const { stage, notification, dispatch, now, envelope } = await queuedStage(outcomes.unknown, heldParts);
    await dispatch(envelope());
    const record = recordReceipt(stage.worker());
    await record(aReceipt({ providerMessageId: wamid, status: 'delivered', at: after(2_000) }));
    expect(now().status).toBe('unknown');
    const reference = { notificationId: notification.id, attempt: 1 };
    const referring = aReceipt({ providerMessageId: wamid, reference, status: 'sent', at: after(1_000) });
    await recordReceipt(stage.worker('dying', new Interruption(1, 'after')))(referring).catch(() => record(referring));
    expect(now().status).toBe('delivered');
    expect(await stage.stores.receipts.findOrphans(wamid)).toEqual([]);
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
          .then(() => placeOrphans({ ...stage.worker(), receipts: slow }, wamid));
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

describe('a failed receipt', () => {
  const day = 24 * 3_600_000;
  const failed = aReceipt({ providerMessageId: wamid, status: 'failed', errorCode: '131026', at: after(5_000) });

  async function sent(consequence?: Consequence) {
    const set = await queuedStage(accepted);
    set.stage.judgeFailure = (errorCode) => ({ reason: `code ${errorCode}`, ...(consequence && { consequence }) });
    const numberNow = async () => (await set.stage.settings.find(set.notification.recipient)).number;
    return { ...set, numberNow, record: recordReceipt(set.stage.worker()) };
  }

  it.each([
    ['suppress_recipient', { suppressed: { reason: 'code 131026', at: after(5_000), until: after(5_000 + day) } }],
    ['marketing_opt_out', { marketingOptOut: { at: after(5_000), source: 'provider' } }],
  ] as const)('leads to %s like the same direct answer', async (consequence, expected) => {
    const { dispatch, envelope, record, now, numberNow } = await sent(consequence);
    await dispatch(envelope());
    await record(failed);
    expect(now()).toMatchObject({
      status: 'failed',
      statusReason: 'failed_receipt',
      receipts: [{ errorCode: '131026' }],
    });
    expect(await numberNow()).toEqual({ phone: '+919876543210', ...expected });
  });

  it('does so when it was faster than the answer', async () => {
    const { dispatch, envelope, record, now, numberNow } = await sent('suppress_recipient');
    await record(failed);
    expect(await numberNow()).toBeUndefined();
    await dispatch(envelope());
    expect(now().status).toBe('failed');
    expect(await numberNow()).toHaveProperty('suppressed');
  });

  it('asks for nothing when the message had arrived', async () => {
    const { dispatch, envelope, record, numberNow } = await sent('suppress_recipient');
    await dispatch(envelope());
    await record(aReceipt({ providerMessageId: wamid, status: 'read' }));
    await record(failed);
    expect(await numberNow()).toBeUndefined();
  });

  it('is replaced by a later one that says delivered', async () => {
    const { dispatch, envelope, record, now } = await sent();
    await dispatch(envelope());
    await record(failed);
    await record(aReceipt({ providerMessageId: wamid, at: after(6_000) }));
    expect(now().status).toBe('delivered');
    expect(now().statusReason).toBeUndefined();
  });

  it.each([1, 2, 3])('keeps its consequence through a crash before step %i', async (step) => {
    const { stage, dispatch, envelope, record, numberNow } = await sent('suppress_recipient');
    await dispatch(envelope());
    await expect(recordReceipt(stage.worker('dying', new Interruption(step, 'before')))(failed)).rejects.toThrow();
    await record(failed);
    expect(await numberNow()).toHaveProperty('suppressed');
  });
});

describe('a failed receipt that speaks of the account', () => {
  const unpaid = { reason: 'account_unpaid', isAccount: true } as const;

  it.each([
    ['from when the provider said so', after(500), after(500)],
    ['from now, when the clock of the provider goes ahead', after(90_000), after(1_000)],
  ])('halts sending like a direct answer, %s', async (_, at, askedAt) => {
    const { stage, dispatch, envelope, now } = await queuedStage(accepted);
    await dispatch(envelope());
    await stage.clock.advance(1_000);
    stage.judgeFailure = () => unpaid;
    const halts: unknown[] = [];
    const { gate } = stage.worker();
    const telling = { ...gate, halt: async (...told: readonly unknown[]) => void halts.push(told) };
    const record = recordReceipt({ ...stage.worker(), gate: telling });
    await record(aReceipt({ providerMessageId: wamid, status: 'failed', errorCode: '131042', at }));
    expect(halts).toEqual([[{ scope: 'account', reason: 'account_unpaid', errorCode: '131042' }, askedAt]]);
    expect(now().status).toBe('failed');
  });

  it('halts nothing when it speaks of the message', async () => {
    const { stage, dispatch, envelope } = await queuedStage(accepted);
    await dispatch(envelope());
    const gate = { ...stage.worker().gate, halt: () => Promise.reject(new Error('must not be halted')) };
    await recordReceipt({ ...stage.worker(), gate })(aReceipt({ providerMessageId: wamid, status: 'failed' }));
    expect(stage.reporter.of('receipt_recorded')).toHaveLength(1);
  });
});
