import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleEvent } from '@earlybird/events';
import { eventually, guardLeaks, type RunningSystem, startSystem } from '@earlybird/testing';
import type { Browser, Page } from 'playwright-core';
import { zoneOfAfternoon } from './days.js';
import { openBrowser } from './support/headless-browser.js';

const asha = '+919876547777';
const limitMs = 60_000;
/** Settings are remembered for 5 s. */
const forgottenAfterMs = 5_000;

/** Where a new picture for the documents goes (EARLYBIRD_SCREENSHOT=docs); without it none is taken. */
const pictureFolder = process.env['EARLYBIRD_SCREENSHOT'];

describe('the page of the simulator, in a browser', () => {
  let system: RunningSystem;
  let browser: Browser;
  let page: Page;
  const reloads: string[] = [];

  beforeAll(async () => {
    // The only receipts are those of the buttons.
    system = await startSystem({ api: true, simulatorEnv: { SIMULATOR_RECEIPT_DELAYS_MS: 'none' } });
    const timezone = zoneOfAfternoon();
    await system.record
      .collection<Record<string, unknown>>('notification_settings')
      .insertOne({ userId: 'cust_asha', timezone });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1_100, height: 720 } });
    await page.goto(`http://127.0.0.1:${system.simulator.settings.env['SIMULATOR_ADMIN_PORT']}/`);
    page.on('framenavigated', (frame) => reloads.push(frame.url()));
  });
  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  it(
    'shows a message when it comes, without being loaded again',
    async () => {
      await publish('order.created', 'page-order');
      await page.locator(`button.chat[data-phone="${asha}"]`).click();
      await page.locator('.bubble.ours .text', { hasText: 'Thank you, we have your EarlyBird order' }).waitFor();
      await publish('billing.payment_received', 'page-payment');
      await page.locator('.bubble.ours .text', { hasText: '₹2,500.00' }).waitFor();
      expect(reloads).toEqual([]);
    },
    limitMs,
  );

  it(
    'moves the ticks of a message, and the notification, when the button of a receipt is pressed',
    async () => {
      const message = page.locator('li.message', { hasText: 'Thank you, we have your EarlyBird order' });
      expect(await message.locator('.ticks').getAttribute('data-status')).toBe('accepted');
      for (const status of ['sent', 'delivered', 'read']) {
        await message.locator(`button[data-receipt="${status}"]`).click();
        await message.locator(`.ticks[data-status="${status}"]`).waitFor();
      }
      await reached('page-order', 'read');
    },
    limitMs,
  );

  it(
    'sends STOP back as the customer, who gets no marketing any more',
    async () => {
      await publish('product.launched', 'page-product');
      await reached('page-product', 'sent');
      await page.locator('.bubble.ours .text', { hasText: 'New at EarlyBird' }).waitFor();
      // On an earlier message; it stands where it was written.
      await page.locator('li.message', { hasText: 'Thank you, we have' }).locator('[data-action="reply"]').click();
      await page.locator('#reply').fill('STOP');
      await page.locator('#composer button[type=submit]').click();
      await page.locator('li:last-child > .bubble.theirs .text', { hasText: 'STOP' }).waitFor();
      await eventually(async () => (await numberNow())?.['marketingOptOut'], { message: 'the opt-out is on record' });
      if (pictureFolder !== undefined) await takePicture(pictureFolder);
      await new Promise((resolve) => setTimeout(resolve, forgottenAfterMs));
      await publish('product.launched', 'page-product-2');
      await reached('page-product-2', 'suppressed');
      expect(await system.record.notificationOf('page-product-2')).toMatchObject({ statusReason: 'marketing_opt_out' });
      expect(reloads).toEqual([]);
    },
    limitMs,
  );

  function publish(type: Parameters<typeof sampleEvent>[0], id: string): Promise<void> {
    const customer = { id: 'cust_asha', name: 'Asha Rao', phone: asha };
    return system.publishers.publish(sampleEvent(type, { id, time: new Date(), customer }));
  }

  function reached(eventId: string, status: string): Promise<unknown> {
    return eventually(async () => (await system.record.notificationOf(eventId))?.status === status, {
      message: `the notification of ${eventId} is ${status}`,
    });
  }

  function numberNow() {
    return system.record.collection<Record<string, unknown>>('phone_settings').findOne({ phone: asha });
  }

  async function takePicture(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: join(folder, 'simulator.png') });
  }
});

guardLeaks();
