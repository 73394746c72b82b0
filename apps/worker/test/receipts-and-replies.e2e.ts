import { sampleEvent } from '@earlybird/events';
import { eventually, guardLeaks, type RunningSystem, startSystem } from '@earlybird/testing';
import { zoneOfAfternoon } from './days.js';

const answersStop = '+919999900009';
const failsLater = '+919999900006';
const priya = '+919876544444';

/** Lookups of settings and templates are remembered for 5 s. */
const rememberedMs = 5_000;
/** Several times that, and as many messages. */
const limitMs = 60_000;

describe('what customers and the provider say afterwards', () => {
  let system: RunningSystem;
  let published = 0;

  beforeAll(async () => {
    system = await startSystem({
      api: true,
      workerEnv: {
        NOTIFICATION_UNREACHABLE_DAYS: '1',
        MYOPERATOR_API: 'chat',
        MYOPERATOR_TOKEN: 'simulator-token',
        MYOPERATOR_COMPANY_ID: 'simulator-company',
        MYOPERATOR_PHONE_NUMBER_ID: 'simulator-phone-number',
      },
    });
    const timezone = zoneOfAfternoon();
    const people = [answersStop, failsLater, priya].map((phone) => ({ userId: `holder of ${phone}`, timezone }));
    await system.record.collection('notification_settings').insertMany(people);
  });
  afterAll(() => system.stop());

  it(
    'stop marketing to a customer who answers STOP, and nothing else',
    async () => {
      expect(await tell('order.created', answersStop)).toMatchObject({
        status: expect.stringMatching(wentOut) as unknown,
      });
      await eventually(() => optOutOf(answersStop), { message: 'the opt-out is on record' });
      await elapsed();
      expect(await tell('product.launched', answersStop)).toMatchObject({
        status: 'suppressed',
        statusReason: 'marketing_opt_out',
        attempts: [],
      });
      expect(await tell('order.created', answersStop)).toMatchObject({
        status: expect.stringMatching(wentOut) as unknown,
      });
    },
    limitMs,
  );

  it(
    'begin it again with START',
    async () => {
      expect(await tell('product.launched', priya)).toMatchObject({
        status: expect.stringMatching(wentOut) as unknown,
      });
      await writeBack(priya, ' stop ');
      await eventually(() => optOutOf(priya), { message: 'the opt-out is on record' });
      await elapsed();
      expect(await tell('product.launched', priya)).toMatchObject({ status: 'suppressed' });
      await writeBack(priya, 'Start');
      await eventually(async () => !(await optOutOf(priya)), { message: 'the opt-out is withdrawn' });
      await elapsed();
      expect(await tell('product.launched', priya)).toMatchObject({
        status: expect.stringMatching(wentOut) as unknown,
      });
    },
    limitMs,
  );

  it(
    'suppress a number whose receipt says that it cannot be reached',
    async () => {
      const failed = await tell('order.created', failsLater, 'failed');
      expect(failed).toMatchObject({
        statusReason: 'failed_receipt',
        attempts: [{ outcome: 'accepted' }],
        receipts: [{ status: 'failed', errorCode: '131026' }],
      });
      await eventually(async () => (await numberOf(failsLater))?.['suppressed'], {
        message: 'the number is suppressed',
      });
      await elapsed();
      expect(await tell('order.created', failsLater)).toMatchObject({
        status: 'suppressed',
        statusReason: 'number_unreachable',
        attempts: [],
      });
    },
    limitMs,
  );

  it(
    'make a failed message delivered when a later receipt says so',
    async () => {
      const { _id } = await tell('order.created', '+919876545555', 'read');
      const { _id: second } = await tell('order.created', failsLater, 'suppressed');
      expect(second).not.toBe(_id);
      const [failed] = await system.record.notifications({ status: 'failed', 'recipient.phone': failsLater });
      const answer = await system.callSimulator('GET', `/messages?reference=${failed?._id}`);
      const [message] = (answer.body as { readonly messages: readonly { readonly id: string }[] }).messages;
      await system.callSimulator('POST', `/messages/${message?.id}/receipts`, { status: 'delivered' });
      const delivered = await eventually(
        async () => (await system.record.notifications({ _id: failed?._id ?? '', status: 'delivered' }))[0],
        { message: 'it is delivered' },
      );
      expect(delivered.statusReason).toBeUndefined();
    },
    limitMs,
  );

  it(
    'fill an approved template with what people read',
    async () => {
      await system.record.collection('notification_templates').updateOne(
        { messageType: 'payment_confirmation', language: 'en', state: 'published' },
        {
          $set: { providerTemplate: { name: 'payment_v1', language: 'en', parameters: ['customer_name', 'amount'] } },
        },
      );
      await elapsed();
      const { _id } = await tell('billing.payment_received', '+919876546666');
      const answer = await system.callSimulator('GET', `/messages?reference=${_id}`);
      expect(answer.body).toMatchObject({ messages: [{ text: 'payment_v1 · John Doe · ₹2,500.00' }] });
    },
    limitMs,
  );

  /** Publishes an event to a customer and answers with its notification when it waits for nothing any more. */
  async function tell(type: Parameters<typeof sampleEvent>[0], phone: string, status?: string) {
    published += 1;
    const customer = { id: `holder of ${phone}`, phone };
    const event = sampleEvent(type, { id: `told-${published}`, time: new Date(), customer });
    await system.publishers.publish(event);
    return eventually(
      async () => {
        const notification = await system.record.notificationOf(event.id);
        const reached =
          status === undefined ? settled.test(notification?.status ?? '') : notification?.status === status;
        return reached && notification;
      },
      { message: `${type} to ${phone} is ${status ?? 'settled'}` },
    );
  }

  async function writeBack(phone: string, text: string): Promise<void> {
    const answer = await system.callSimulator('GET', `/messages?phone=${encodeURIComponent(phone)}`);
    const [message] = (answer.body as { readonly messages: readonly { readonly id: string }[] }).messages;
    await system.callSimulator('POST', `/messages/${message?.id}/replies`, { text });
  }

  function numberOf(phone: string) {
    return system.record.collection<Record<string, unknown>>('phone_settings').findOne({ phone });
  }

  async function optOutOf(phone: string): Promise<boolean> {
    return (await numberOf(phone))?.['marketingOptOut'] !== undefined;
  }
});

const wentOut = /^(sent|delivered|read)$/;
const settled = /^(sent|delivered|read|failed|suppressed|expired)$/;

/** Another process may keep what it looked up: nothing tells when it has forgotten, but the promise is 5 s. */
function elapsed(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, rememberedMs));
}

guardLeaks();
