import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningSystem, SystemProcess } from '@earlybird/testing';
import { liftMemoryAlarm, raiseMemoryAlarm } from '../servers/memory-alarm.js';
import type { ServerControl, Servers } from '../servers/servers.js';
import type { Strike } from './evidence.js';
import type { FaultName } from './fault-request.js';
import { providerLoad, setProviderFault } from './provider.js';
import type { Random } from './random.js';

/** Whom a strike can hit. */
export interface Battlefield {
  readonly system: RunningSystem;
  readonly control: NonNullable<Servers['control']>;
  readonly random: Random;
}

/** One strike up to the moment in which its victim is back; recovery is seen afterwards. */
export type Blow = Pick<Strike, 'fault' | 'victim' | 'from' | 'until' | 'backAt' | 'openRequests' | 'receiptsToCome'>;

/** How long what was killed stays away, at most: an orchestrator starts it anew within a moment. */
const downMs = 1_000;
/** How long the provider misbehaves. */
const provider = { shortestMs: 500, longestMs: 2_500 } as const;

/** How long the broker takes no publications. */
const alarm = { shortestMs: 500, longestMs: 4_000 } as const;

/** Strikes once, and resolves when the victim is back. */
export async function strike(fault: FaultName, field: Battlefield): Promise<Blow> {
  const { system, control, random } = field;
  const { workers, api, simulator } = system;
  switch (fault) {
    case 'worker':
      return killProcesses(fault, [random.pick(workers)], field);
    case 'workers':
      return killProcesses(fault, workers, field);
    case 'api':
      return killProcesses(fault, api === undefined ? [] : [api], field);
    case 'simulator': {
      // What it is told is forgotten with it; how often a message was tried, it reads in its own file.
      const blow = await killProcesses(fault, [simulator], field);
      await setProviderFault(system);
      return blow;
    }
    case 'broker':
      return killServer(fault, 'RabbitMQ', control.rabbitmq, field);
    case 'alarm': {
      const { rabbitmq } = control;
      const raise = () => raiseMemoryAlarm(rabbitmq);
      return blow(fault, 'RabbitMQ, short of memory', field, raise, async () => {
        await sleep(random.between(alarm.shortestMs, alarm.longestMs));
        await liftMemoryAlarm(rabbitmq);
      });
    }
    case 'database':
      return killServer(fault, 'database', control.database, field);
    case 'connections':
      return blow(fault, 'connections to RabbitMQ', field, () => system.vhost.closeConnections(), noRest);
    case 'outage': {
      const cut = random.next() < 0.5;
      const victim = cut ? 'provider, cutting what it has in hand' : 'provider';
      return blow(
        fault,
        victim,
        field,
        () => setProviderFault(system, { fault: 'outage', cut }),
        () => restoreProvider(field),
      );
    }
    case 'slow': {
      // Within the time limit of a request: late, but an answer.
      const delayMs = Math.round(system.pace.providerTimeoutMs * 0.6);
      return blow(
        fault,
        'provider',
        field,
        () => setProviderFault(system, { fault: 'slow', delayMs }),
        () => restoreProvider(field),
      );
    }
  }
}

const noRest = async (): Promise<void> => undefined;

function killProcesses(fault: FaultName, victims: readonly SystemProcess[], field: Battlefield): Promise<Blow> {
  const each = (act: (process: SystemProcess) => Promise<void>) => async () =>
    void (await Promise.all(victims.map(act)));
  const names = victims.map(({ name }) => name).join(', ');
  let startedAt = 0;
  const restart = async (): Promise<void> => {
    await sleep(field.random.between(0, downMs));
    startedAt = Date.now();
    await each((victim) => victim.start())();
  };
  return blow(
    fault,
    names,
    field,
    each((victim) => victim.kill()),
    restart,
    () => startedAt,
  );
}

function killServer(fault: FaultName, victim: string, server: ServerControl, field: Battlefield): Promise<Blow> {
  return blow(fault, victim, field, server.kill, async () => {
    await sleep(field.random.between(0, downMs));
    await server.start();
  });
}

/** `backAt` counts from the restart of a process (its start is part of its recovery), and from the return of a server. */
async function blow(
  fault: FaultName,
  victim: string,
  { system }: Battlefield,
  hit: () => Promise<unknown>,
  restore: () => Promise<void>,
  restartedAt?: () => number,
): Promise<Blow> {
  const { open: openRequests, receipts: receiptsToCome } = await providerLoad(system);
  const from = Date.now();
  await hit();
  const until = Date.now();
  await restore();
  return { fault, victim, from, until, backAt: restartedAt?.() ?? Date.now(), openRequests, receiptsToCome };
}

async function restoreProvider({ system, random }: Battlefield): Promise<void> {
  await sleep(random.between(provider.shortestMs, provider.longestMs));
  await setProviderFault(system);
}
