import { setTimeout as sleep } from 'node:timers/promises';
import { queues } from '@earlybird/rabbitmq';
import { prepareSystem, type RunningSystem, type SystemProcess } from '@earlybird/testing';
import { PlainError } from '../plain-error.js';
import { printedProgress } from '../progress.js';
import { ensureServers } from '../servers/ensure-servers.js';
import type { Servers } from '../servers/servers.js';
import { planEvents } from './event-plan.js';
import type { Evidence, Strike } from './evidence.js';
import type { FaultRequest } from './fault-request.js';
import { type ScheduledFault, scheduleFaults } from './fault-schedule.js';
import { prepareCustomers, prepareTemplates } from './prepare-record.js';
import { setProviderFault } from './provider.js';
import { publishEvents } from './publish-events.js';
import { type Random, seededRandom } from './random.js';
import { awaitRecovery } from './recovery.js';
import { awaitStillness } from './stillness.js';
import { strike } from './strike.js';
import { watchedEnv, watchMemory } from './watch-memory.js';

/**
 * The delays of a run. A retry waits long enough to be told apart from the time that an attempt takes; the provider has time
 * enough that a machine that halts for a second makes no doubt of an answer.
 */
const pace = { retryDelayMs: 500, deferDelayMs: 200, providerTimeoutMs: 3_000, providerConnectTimeoutMs: 500 } as const;
/** A quorum queue that is younger than 2 s loses what it confirmed when the broker is killed (broker.md). */
const queuesSettleMs = 5_000;
/**
 * What two workers carry with ease on two cores, beside the servers, the api and the provider, also while one of them has just
 * started: a late retry is late because of a fault then, and not because the processors have no rest.
 */
const eventsPerSecond = 25;
/**
 * The first events of a long run come slowly: fresh processes compile their code while they work, and were 4 s behind at 40/s
 * after ten seconds, which is no fault to be judged.
 */
const cold = { events: 200, perSecond: 15 } as const;
/** A lease, three retries and a sweep, several times over. */
const stillWithinMs = 120_000;
/** Between two lines about the same wait. */
const tellEveryMs = 5_000;
/** Ordinary progress is told in steps of this share. */
const progressShare = 0.1;

/**
 * Runs the program of quality.md, "Fault runs": publishes, strikes, waits until nothing moves, and takes the evidence. Ends with
 * what `interrupted` rejects with, and has stopped everything by then.
 */
export async function runFaults(
  request: FaultRequest,
  interrupted: Promise<never>,
): Promise<{ readonly evidence: Evidence; readonly logs: string }> {
  const servers = await ensureServers({
    // Durable: a database that forgets what it confirmed would be blamed on the service.
    profile: 'start',
    // Without a dot, which a RabbitMQ node's name must not have.
    instanceName: request.rabbitmq === '3.10' ? 'faults-3-10' : 'faults',
    rabbitmqVersion: request.rabbitmq,
    ownOnly: true,
  });
  try {
    return await onServers(request, servers, interrupted);
  } finally {
    await servers.stop();
  }
}

async function onServers(request: FaultRequest, servers: Servers, interrupted: Promise<never>) {
  const { rabbitmqUrl, rabbitmqManagementUrl: managementUrl, mongoUrl, control } = servers;
  if (managementUrl === undefined || control === undefined)
    throw new PlainError('A fault run needs servers that it may kill, with the management API of RabbitMQ.');
  const system = await prepareSystem({
    servers: { rabbitmqUrl, managementUrl, mongoUrl },
    accounts: 'platform',
    workers: request.workers,
    api: true,
    pace,
    workerEnv: watchedEnv,
    apiEnv: watchedEnv,
    ...(request.break !== undefined && { workerArguments: brokenWorker(request.break) }),
  });
  try {
    const evidence = await Promise.race([interrupted, judgeable(request, system, control)]);
    return { evidence, logs: await system.keepLogs() };
  } finally {
    // A strike that was interrupted may be starting one of them, too.
    await Promise.allSettled([control.rabbitmq.start(), control.database.start()]);
    await system.stop();
  }
}

async function judgeable(
  request: FaultRequest,
  system: RunningSystem,
  control: NonNullable<Servers['control']>,
): Promise<Evidence> {
  await printedProgress.step('starting the system', () =>
    Promise.all(system.processes.map((process) => process.start())),
  );
  await prepareCustomers(system);
  await prepareTemplates(system, request.onUnknown);
  await setProviderFault(system);
  await printedProgress.step('letting new queues settle', () => sleep(queuesSettleMs));
  return publishAndStrike(request, system, control);
}

async function publishAndStrike(
  request: FaultRequest,
  system: RunningSystem,
  control: NonNullable<Servers['control']>,
): Promise<Evidence> {
  const random = seededRandom(request.seed);
  const planned = planEvents(request.events, random);
  const schedule = scheduleFaults(request.kills, request.events, request.only, random);
  const flow = new Flow(schedule);
  const tell = stepwise(request.events);
  const endMemoryWatch = watchMemory(system);
  const [published, strikes] = await Promise.all([
    publishEvents(system, planned, {
      perSecond: (index) => (!request.short && index < cold.events ? cold.perSecond : eventsPerSecond),
      random: seededRandom(request.seed + 1),
      mayPublish: (index) => flow.mayPublish(index),
      onPublished: tell,
      awaitsConfirms: request.break !== 'no-confirm',
    }),
    strikeAll(schedule, flow, system, control, seededRandom(request.seed + 2)),
  ]);
  const unrest = await printedProgress.step('waiting until nothing moves', () =>
    awaitStillness(
      system,
      planned.map(({ id }) => id),
      stillWithinMs,
      tellChanges(),
    ),
  );
  const memory = await endMemoryWatch();
  return takeEvidence(request, system, {
    planned,
    published,
    strikes,
    memory,
    ...(unrest !== undefined && { unrest }),
  });
}

async function strikeAll(
  schedule: readonly ScheduledFault[],
  flow: Flow,
  system: RunningSystem,
  control: NonNullable<Servers['control']>,
  random: Random,
): Promise<readonly Strike[]> {
  const strikes: Strike[] = [];
  for (const [index, { afterEvents, fault }] of schedule.entries()) {
    await flow.reached(afterEvents);
    const blow = await strike(fault, { system, control, random });
    const { at, attached } = await awaitRecovery(system);
    strikes.push({ ...blow, recoveredAt: at, attached });
    flow.recovered();
    const seconds = ((at - blow.backAt) / 1_000).toFixed(1);
    printedProgress.note(
      `kill ${index + 1} of ${schedule.length}: ${fault} (${blow.victim}) after ${afterEvents} events, recovered in ${seconds} s`,
    );
  }
  return strikes;
}

/** Lets events flow up to the next fault and not further, so that each fault strikes while they flow. */
class Flow {
  private published = 0;
  private struck = 0;
  private readonly waiting = new Set<() => void>();

  constructor(private readonly schedule: readonly ScheduledFault[]) {}

  async mayPublish(index: number): Promise<void> {
    this.published = index;
    this.wake();
    // The events between this fault and the next flow while it strikes and while the system recovers.
    await this.until(() => index <= (this.schedule[this.struck + 1]?.afterEvents ?? Infinity));
  }

  reached(events: number): Promise<void> {
    return this.until(() => this.published >= events);
  }

  recovered(): void {
    this.struck += 1;
    this.wake();
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}

async function takeEvidence(
  { onUnknown }: FaultRequest,
  system: RunningSystem,
  run: Pick<Evidence, 'planned' | 'published' | 'strikes' | 'unrest' | 'memory'>,
): Promise<Evidence> {
  const { record, broker } = system;
  return {
    ...run,
    notifications: await record.notifications(),
    parkedEvents: await record.parkedEvents(),
    journal: await system.journal(),
    deadDispatches: await broker.peek(queues.dispatchDead, Infinity),
    deadEvents: await broker.peek(queues.eventsDead, Infinity),
    deadReceipts: await broker.peek(queues.receiptsDead, Infinity),
    unsettled: run.unrest === undefined ? {} : await unsettledEnvelopes(system),
    crashes: system.processes.flatMap(({ name, crashes }) => Array.from({ length: crashes }, () => name)),
    unhandled: system.processes.flatMap(unhandledOf),
    maxAttempts: system.pace.maxAttempts,
    retryDelayMs: system.pace.retryDelayMs,
    receipts: true,
    ...(onUnknown !== undefined && { onUnknown }),
  };
}

/** A process of ours that meets one says so before it ends; Node says so of what is not ours, and warns of listeners that leak. */
function unhandledOf(process: SystemProcess): readonly string[] {
  const told = process.log('crashed').map((line) => `${process.name}: ${String(line['reason'])}`);
  const raw = process.output.filter((line) =>
    /UnhandledPromiseRejection|triggerUncaughtException|MaxListenersExceededWarning/.test(line),
  );
  return [...told, ...raw.map((line) => `${process.name}: ${line}`)];
}

/** As the management API has it, a few seconds late; nothing has moved for far longer. */
async function unsettledEnvelopes({ vhost }: RunningSystem): Promise<Readonly<Record<string, number>>> {
  const found = (await vhost.manage('GET', 'queues/{vhost}')) as readonly {
    readonly name: string;
    readonly messages_unacknowledged?: number;
  }[];
  const unsettled = found.map(({ name, messages_unacknowledged: count = 0 }) => [name, count] as const);
  return Object.fromEntries(unsettled.filter(([, count]) => count > 0));
}

function brokenWorker(rule: string): readonly string[] {
  return ['--import', 'tsx', 'apps/worker/test/broken/main.ts', rule];
}

function stepwise(events: number): (count: number) => void {
  let told = 0;
  return (count) => {
    const share = Math.floor(count / events / progressShare);
    if (share <= told) return;
    told = share;
    printedProgress.note(`${count} of ${events} events confirmed by the broker`);
  };
}

/** Tells what still moves, each time it has changed, every few seconds at most. */
function tellChanges(): (movement: string) => void {
  let told = '';
  let toldAt = Date.now();
  return (movement) => {
    if (movement === told || Date.now() - toldAt < tellEveryMs) return;
    [told, toldAt] = [movement, Date.now()];
    printedProgress.note(movement);
  };
}
