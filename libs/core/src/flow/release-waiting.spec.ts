import { aNotification, after, MemoryDesk, Stage, testStart } from '@earlybird/testing';
import type { ProviderState } from '../attempt/provider-state.js';
import type { DispatchEnvelope } from './dispatch-queue.js';
import { envelopeOf } from './conclude.js';
import { releaseWaiting } from './release-waiting.js';
import type { RetryQueues } from './retry-queues.js';

const minute = 60_000;

/** Retry queues that hand over what waits, two at a time, as the broker's do 32. */
class WaitingEnvelopes implements RetryQueues {
  constructor(
    private readonly stage: Stage,
    private readonly waiting: readonly DispatchEnvelope[],
  ) {}

  async release(before: (envelopes: readonly DispatchEnvelope[]) => Promise<void>): Promise<number> {
    for (let from = 0; from < this.waiting.length; from += 2) {
      const batch = this.waiting.slice(from, from + 2);
      await before(batch);
      await Promise.all(batch.map((envelope) => this.stage.queue.enqueue(envelope)));
    }
    return this.waiting.length;
  }
}

async function staged(state: ProviderState = { kind: 'closed' }, retrying = 0) {
  const stage = new Stage();
  const waits = { status: 'retrying', nextAttemptAt: after(5 * minute), lastAttemptNumber: 1 } as const;
  const kept = await Promise.all(Array.from({ length: retrying }, () => stage.keep(aNotification(waits))));
  const release = releaseWaiting({
    ...stage.worker(),
    gate: { look: async () => state },
    desk: new MemoryDesk(stage.log),
    retryQueues: new WaitingEnvelopes(
      stage,
      kept.map((notification) => envelopeOf(notification, 2)),
    ),
  });
  return { stage, kept, release };
}

describe('releasing what waits', () => {
  it('puts every envelope into its lane and records who did it with each notification', async () => {
    const { stage, kept, release } = await staged({ kind: 'closed' }, 5);
    expect(await release('asha')).toEqual({ kind: 'done', figures: { released: 5, scheduledReleased: 0 } });
    for (const { id } of kept) {
      expect(stage.queue.take()).toMatchObject({ attempt: 2, repeat: false });
      expect(stage.now(id)).toMatchObject({
        status: 'retrying',
        nextAttemptAt: testStart,
        adminActions: [{ at: testStart, by: 'asha', action: 'released' }],
      });
    }
  });

  it('puts what is due into its lane, and leaves what waits for later or has lost its envelope', async () => {
    const { stage, release } = await staged();
    const due = await stage.keep(aNotification({ status: 'scheduled', dueAt: after(-1), wakeAt: after(-1) }));
    const later = await stage.keep(aNotification({ status: 'scheduled', dueAt: after(1), wakeAt: after(1) }));
    const lost = await stage.keep(aNotification({ status: 'queued', wakeAt: after(-1) }));
    expect(await release('asha')).toEqual({ kind: 'done', figures: { released: 0, scheduledReleased: 1 } });
    expect(stage.queue.take()).toMatchObject({ notificationId: due.id });
    expect(stage.queue.take()).toBeUndefined();
    expect([due, later, lost].map(({ id }) => stage.now(id).status)).toEqual(['queued', 'scheduled', 'queued']);
  });

  it('takes more than fit into one round', async () => {
    const { stage, release } = await staged();
    const due = { status: 'scheduled', dueAt: after(-1), wakeAt: after(-1) } as const;
    for (let made = 0; made < 1_200; made += 1) await stage.keep(aNotification(due));
    expect(await release('asha')).toMatchObject({ figures: { scheduledReleased: 1_200 } });
  });

  it.each(['open', 'half_open'] as const)('is refused while the provider is halted (%s)', async (kind) => {
    const cause = { scope: 'account', reason: 'account_refused' } as const;
    const halted = { kind, since: testStart, cause, backOffMs: 30_000, probeAt: testStart } as unknown as ProviderState;
    const { stage, release } = await staged(halted, 2);
    const answer = await release('asha');
    expect(answer).toMatchObject({ kind: 'refused', reason: 'provider_halted' });
    expect(answer).toMatchObject({ detail: expect.stringContaining('account_refused') as unknown });
    expect(stage.queue.take()).toBeUndefined();
  });
});
