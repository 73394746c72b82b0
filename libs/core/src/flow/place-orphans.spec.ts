import { aReceipt, after, queuedStage } from '@earlybird/testing';
import { placeOrphans } from './place-orphans.js';

const wamid = 'wamid-1';

describe('placing orphans', () => {
  it('applies them oldest first and forgets them', async () => {
    const { stage, dispatch, now, envelope } = await queuedStage({ kind: 'accepted', providerMessageId: wamid });
    await dispatch(envelope());
    const { receipts } = stage.stores;
    for (const [status, ms] of [
      ['read', 3],
      ['sent', 1],
      ['delivered', 2],
    ] as const)
      await receipts.keepOrphan(aReceipt({ providerMessageId: wamid, status, at: after(ms) }));
    await placeOrphans({ ...stage.worker(), receipts }, wamid);
    expect(now().receipts.map(({ status }) => status)).toEqual(['sent', 'delivered', 'read']);
    expect(now().status).toBe('read');
    expect(await receipts.findOrphans(wamid)).toEqual([]);
  });

  it('keeps those that still belong to nobody', async () => {
    const { stage } = await queuedStage();
    const { receipts } = stage.stores;
    await receipts.keepOrphan(aReceipt({ providerMessageId: wamid }));
    await placeOrphans({ ...stage.worker(), receipts }, wamid);
    expect(await receipts.findOrphans(wamid)).toHaveLength(1);
  });

  it('forgets one that was applied already', async () => {
    const { stage, dispatch, now, envelope } = await queuedStage({ kind: 'accepted', providerMessageId: wamid });
    await dispatch(envelope());
    const { receipts } = stage.stores;
    const receipt = aReceipt({ providerMessageId: wamid });
    await receipts.apply(receipt);
    await receipts.keepOrphan(receipt);
    await placeOrphans({ ...stage.worker(), receipts }, wamid);
    expect(now().receipts).toHaveLength(1);
    expect(await receipts.findOrphans(wamid)).toEqual([]);
  });
});
