import { sampleEvent } from '@earlybird/events';
import { eventually, guardLeaks, type RecordedNotification, type RunningSystem, startSystem } from '@earlybird/testing';
import { jest } from '@jest/globals';
import { userAnswers, userRequests } from './user-requests.js';

// Figures may be a minute old (data.md), and two tests wait for new ones.
jest.setTimeout(150_000);

/** The user's example: 150 sent, of which 145 delivered, of which 120 read; 5 failed. */
const example = JSON.parse(userAnswers.statistics) as Readonly<Record<string, number>>;
const [sent, delivered, read, failed] = [150, 145, 120, 5];
const refused = '+919999900001';

describe('statistics on real servers', () => {
  let system: RunningSystem;
  // The test reports what the provider would, in an order of its own.
  beforeAll(async () => {
    system = await startSystem({ api: true, simulatorEnv: { SIMULATOR_RECEIPT_DELAYS_MS: 'none' } });
  }, 90_000);
  afterAll(() => system.stop());

  it("are those of the user's example, after redeliveries and with receipts doubled and shuffled", async () => {
    const events = Array.from({ length: sent }, (_, index) => {
      const phone = index < failed ? refused : `+9198765${String(10_000 + index)}`;
      return sampleEvent('order.created', {
        id: `counted-${index}`,
        time: new Date(),
        customer: { id: `cust-${index}`, phone },
      });
    });
    // Every event twice: the second is a redelivery as far as anybody can tell.
    for (const event of [...events, ...events.toReversed()]) await system.publishers.publish(event);
    const accepted = await eventually(
      async () => {
        const all = await system.record.notifications();
        const out = all.filter(({ status }) => status === 'sent');
        return out.length === delivered && all.filter(({ status }) => status === 'failed').length === failed && out;
      },
      { withinMs: 60_000, message: 'every message has left or failed' },
    );
    for (const reports of batches(shuffled(reportsOf(accepted))))
      expect((await system.callWebhook(reports)).status).toBe(200);
    await eventually(
      async () => {
        const { delivered: some = 0, read: more = 0 } = countedByStatus(await system.record.notifications());
        return more === read && some === delivered - read;
      },
      { withinMs: 30_000, message: 'every receipt is applied' },
    );
    // Nobody has asked before: nothing is remembered.
    const answer = await system.callApi('GET', `/${userRequests.statisticsOfWeek}`);
    expect(answer).toMatchObject({ status: 200, body: example });
  });

  it('equal a count of the raw log after resends, cancelled and suppressed messages', async () => {
    const all = await system.record.notifications();
    for (const { _id } of all.filter(({ status }) => status === 'failed'))
      expect((await system.callApi('POST', `/resend/${_id}`, {})).status).toBe(200);
    for (const { _id } of all.filter(({ status }) => status === 'read').slice(0, 3))
      expect((await system.callApi('POST', `/resend/${_id}`, { force: true })).status).toBe(200);
    const later = { send_at: inHours(1), valid_until: inHours(2) };
    const waiting = [await send(later), await send(later)];
    await system.callApi('POST', `/messages/${waiting[0]}/cancel`, {});
    await send({ message_type: 'churn_risk' });
    const raw = await eventually(
      async () => {
        const settled = await system.record.notifications();
        return !settled.some(({ status }) => /^(queued|sending|retrying)$/.test(status)) && settled;
      },
      { withinMs: 30_000, message: 'nothing is on its way any more' },
    );
    const changedAt = new Date();
    const body = await eventually(
      async () => {
        const answer = await system.callApi('GET', `/${userRequests.statisticsOfMonth}`);
        const figures = answer.body as Readonly<Record<string, unknown>> & { readonly as_of: string };
        return new Date(figures.as_of) > changedAt && figures;
      },
      { withinMs: 90_000, message: 'the figures are younger than the last change' },
    );
    const counts = countedByStatus(raw);
    const out = total(counts, ['sent', 'delivered', 'read', 'failed']);
    expect(out).toBe(sent + failed + 3);
    expect(body).toMatchObject({
      total_sent: out,
      total_delivered: total(counts, ['delivered', 'read']),
      total_read: counts['read'],
      total_failed: counts['failed'],
      success_rate: percent(out - (counts['failed'] ?? 0), out),
      delivery_rate: percent(total(counts, ['delivered', 'read']), out),
      beside: { scheduled: 1, cancelled: 1, suppressed: 1, queued: 0, retrying: 0, sending: 0, unknown: 0, expired: 0 },
    });
  });

  async function send(more: object): Promise<string> {
    const body = {
      phone: '+919876512345',
      message_type: 'pause_confirmation',
      context: { customer_name: 'A' },
      ...more,
    };
    return ((await system.callApi('POST', '/send-message', body)).body as { readonly id: string }).id;
  }
});

interface Report {
  readonly message_id: string;
  readonly status: string;
  readonly timestamp: string;
}

/** Three receipts for those that read, two for the rest, each of them twice. */
function reportsOf(accepted: readonly RecordedNotification[]): readonly Report[] {
  const reports = accepted.flatMap(({ providerMessageId = '' }, index) =>
    ['sent', 'delivered', ...(index < read ? ['read'] : [])].map((status, step) => ({
      message_id: providerMessageId,
      status,
      timestamp: new Date(Date.now() + step * 1_000).toISOString(),
    })),
  );
  return [...reports, ...reports];
}

/** Always in the same disorder. */
function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item, index) => ({ item, place: (index * 7_919) % 1_009 }))
    .sort((left, right) => left.place - right.place)
    .map(({ item }) => item);
}

function batches<Item>(items: readonly Item[], size = 25): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function countedByStatus(all: readonly RecordedNotification[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of all) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function total(counts: Readonly<Record<string, number>>, statuses: readonly string[]): number {
  return statuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
}

function percent(part: number, whole: number): number {
  return Math.round((part / whole) * 10_000) / 100;
}

function inHours(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toISOString();
}

guardLeaks();
