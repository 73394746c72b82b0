import { sampleEvent } from '@earlybird/events';
import { eventually, guardLeaks, type RunningSystem, startSystem } from '@earlybird/testing';

/** Accepts and delivers, but the connection is cut before the answer. */
const cut = '+919999900003';
/** 1,000 show the same (EARLYBIRD_PERHAPS_SENT=1000), in some minutes. */
const count = Number(process.env['EARLYBIRD_PERHAPS_SENT'] ?? '30');
const patience = { withinMs: 20_000 + count * 300 };
/** Events under way to the broker. */
const atOnce = 50;
const limitMs = 60_000 + count * 300;

/** Payments wait for a receipt or a person; orders are sent again. */
const held = 'billing.payment_received';
const resent = 'order.created';

const chat = {
  MYOPERATOR_API: 'chat',
  MYOPERATOR_TOKEN: 'simulator-token',
  MYOPERATOR_COMPANY_ID: 'simulator-company',
  MYOPERATOR_PHONE_NUMBER_ID: 'simulator-phone-number',
};

interface Contract {
  readonly api: string;
  readonly workerEnv: Readonly<Record<string, string>>;
  readonly echo: boolean;
}

const contracts: readonly Contract[] = [
  { api: 'chat, with our reference in its receipts', workerEnv: chat, echo: true },
  { api: 'chat, without it', workerEnv: chat, echo: false },
  { api: 'whatsapp', workerEnv: {}, echo: false },
];

describe.each(contracts)(`${count} messages that were sent and then cut off, over $api`, ({ workerEnv, echo }) => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await startSystem({ api: true, workerEnv, simulatorEnv: { SIMULATOR_ECHO_REFERENCE: String(echo) } });
  });
  afterAll(() => system.stop(), 30_000);

  it(
    echo ? 'are each resolved by their receipts, none lost, none doubled' : 'stay in doubt, none lost, none doubled',
    async () => {
      const status = echo ? 'read' : 'unknown';
      await publishAll(system, held);
      await allAre(system, status);
      await allReceiptsAreKept(system, 3 * count);
      const notifications = await system.record.notifications();
      expect(notifications).toHaveLength(count);
      for (const { attempts } of notifications) expect(attempts).toMatchObject([{ outcome: 'unknown', counted: true }]);
      expect(await deliveriesPerNotification(system)).toEqual(notifications.map(() => 1));
      expect(await orphansOf(system)).toBe(echo ? 0 : 3 * count);
    },
    limitMs,
  );

  it('are listed with their age while they are in doubt, and settled or resent by a person', async () => {
    const page = await system.callApi('GET', `/unknown?older_than_hours=0&limit=${Math.min(count, 200)}`);
    const { messages } = page.body as {
      readonly messages: readonly { readonly id: string; readonly created_at: string }[];
    };
    expect(messages).toHaveLength(echo ? 0 : Math.min(count, 200));
    const [settled, again] = messages;
    if (settled === undefined || again === undefined) return;
    expect(Date.parse(settled.created_at)).toBeLessThan(Date.now());
    expect(await system.callApi('POST', `/messages/${settled.id}/resolve`, { as: 'sent' })).toMatchObject({
      status: 200,
    });
    expect((await system.record.notifications({ _id: settled.id }))[0]).toMatchObject({ status: 'sent' });
    expect(await system.callApi('POST', `/resend/${again.id}`, {})).toMatchObject({ status: 409 });
    await system.callSimulator('PUT', '/faults', { fault: 'slow', delay_ms: 0 });
    expect((await system.callApi('POST', `/resend/${again.id}`, { force: true })).status).toBeLessThan(300);
    await eventually(async () => (await system.record.notifications({ resendOf: again.id }))[0]?.status === 'read', {
      message: 'the resent one arrives',
    });
  });
});

describe(`${count} messages that were sent and then cut off, of a type that is sent again`, () => {
  let system: RunningSystem;
  beforeAll(async () => {
    system = await startSystem({ api: true });
  });
  afterAll(() => system.stop(), 30_000);

  it(
    'are each tried three times and stay in doubt: every double is in the simulator’s file and among the attempts',
    async () => {
      await publishAll(system, resent);
      await allAre(system, 'unknown');
      const notifications = await system.record.notifications();
      for (const { attempts } of notifications)
        expect(attempts.map(({ number, outcome }) => [number, outcome])).toEqual(
          [1, 2, 3].map((number) => [number, 'unknown']),
        );
      expect(await deliveriesPerNotification(system)).toEqual(notifications.map(() => 3));
      const { body } = await system.callSimulator('GET', '/requests');
      const { doubled } = body as { readonly doubled: readonly string[] };
      expect([...doubled].sort()).toEqual(notifications.map(({ _id }) => _id));
    },
    limitMs,
  );
});

async function publishAll({ publishers }: RunningSystem, type: typeof held | typeof resent): Promise<void> {
  const events = Array.from({ length: count }, (_, index) =>
    sampleEvent(type, { id: `${type}-${index}`, time: new Date(), customer: { phone: cut } }),
  );
  for (let from = 0; from < count; from += atOnce)
    await Promise.all(events.slice(from, from + atOnce).map((event) => publishers.publish(event)));
}

function allAre({ record }: RunningSystem, status: string): Promise<unknown> {
  const log = record.collection('notifications_log');
  return eventually(async () => (await log.countDocuments({ status })) === count, {
    ...patience,
    message: `all ${count} are ${status}`,
  });
}

/** With a notification or, where nobody knows whose they are, for later. */
function allReceiptsAreKept(system: RunningSystem, total: number): Promise<unknown> {
  return eventually(
    async () => {
      const notifications = await system.record.notifications();
      const placed = notifications.reduce((sum, { receipts }) => sum + receipts.length, 0);
      return placed + (await orphansOf(system)) === total;
    },
    { ...patience, message: `all ${total} receipts are kept` },
  );
}

function orphansOf({ record }: RunningSystem): Promise<number> {
  return record.collection('receipts_orphaned').countDocuments();
}

/** How often the customer has got each message that was delivered at all. */
async function deliveriesPerNotification(system: RunningSystem): Promise<readonly number[]> {
  const deliveries = new Map<string, number>();
  for (const { kind, notificationId = '' } of await system.journal())
    if (kind === 'delivery') deliveries.set(notificationId, (deliveries.get(notificationId) ?? 0) + 1);
  return [...deliveries.values()];
}

guardLeaks();
