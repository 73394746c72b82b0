import { after, MemorySettings } from '@earlybird/testing';
import { recordInbound } from './record-inbound.js';

const phone = '+919876543210';

describe('an inbound message', () => {
  it('opens the window in which free text is delivered', async () => {
    const settings = new MemorySettings();
    await recordInbound({ settings })({ phone, text: 'Thank you!', at: after(0) });
    expect((await settings.find({ phone })).number).toEqual({ phone, lastInboundAt: after(0) });
  });

  it('that says STOP opts the number out of marketing, START in again', async () => {
    const settings = new MemorySettings();
    const record = recordInbound({ settings });
    await record({ phone, text: 'Stop', at: after(0) });
    expect((await settings.find({ phone })).number?.marketingOptOut).toEqual({ at: after(0), source: 'reply' });
    await record({ phone, text: 'START', at: after(1) });
    expect((await settings.find({ phone })).number).toMatchObject({
      marketingConsent: { at: after(1), source: 'reply' },
    });
    await record({ phone, text: 'Stop', at: after(0) });
    expect((await settings.find({ phone })).number?.marketingOptOut).toBeUndefined();
  });

  it('without text says nothing about marketing', async () => {
    const settings = new MemorySettings();
    await recordInbound({ settings })({ phone, at: after(0) });
    expect((await settings.find({ phone })).number).toEqual({ phone, lastInboundAt: after(0) });
  });
});
