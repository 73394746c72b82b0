import { setTimeout as sleep } from 'node:timers/promises';
import { queues } from '@earlybird/rabbitmq';
import { httpCall, type RunningSystem } from '@earlybird/testing';

/** Every queue that workers consume. */
const consumed = [queues.events, queues.dispatch, queues.dispatchBulk, queues.receipts];
/** Far above the 10 s that are promised: the figure is to be seen, not cut off. */
const patienceMs = 60_000;
const lookEveryMs = 50;

/** What came of waiting. */
export interface Recovery {
  readonly at: number;
  readonly attached: boolean;
}

/**
 * Waits until every process is ready and every queue has a consumer of every worker, as the broker counts them: that a worker
 * believes to consume is not enough. `attached` is false when that took longer than a minute.
 */
export async function awaitRecovery(system: RunningSystem): Promise<Recovery> {
  const end = Date.now() + patienceMs;
  while (Date.now() < end) {
    if ((await allReady(system)) && (await allAttached(system))) return { at: Date.now(), attached: true };
    await sleep(lookEveryMs);
  }
  return { at: Date.now(), attached: false };
}

async function allReady({ processes }: RunningSystem): Promise<boolean> {
  const answers = processes.map(async ({ settings }) =>
    httpCall('GET', settings.readyUrl ?? '').then(
      ({ status }) => status === 200,
      () => false,
    ),
  );
  return (await Promise.all(answers)).every(Boolean);
}

async function allAttached({ broker, workers }: RunningSystem): Promise<boolean> {
  try {
    const seen = await Promise.all(consumed.map((queue) => broker.look(queue)));
    return seen.every(({ consumers }) => consumers >= workers.length);
  } catch {
    return false;
  }
}
