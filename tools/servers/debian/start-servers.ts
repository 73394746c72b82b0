import { type Progress } from '../../progress.js';
import { type Instance, type ServerName, withProcess } from '../instance.js';
import { mongoFrontReady, spawnMongoFront } from '../mongo-front-process.js';
import { isRunning, type ProcessIdentity } from '../process-identity.js';
import { postgresqlReady, postgresqlSocketFolder, spawnPostgresql } from './postgresql.js';
import { rabbitmqReady, spawnRabbitmq } from './rabbitmq.js';
import { expectState, updateState } from './stored-state.js';

/** Starts PostgreSQL and the front as far as they do not run. Returns when both serve. */
export async function startDatabase(instance: Instance, root: string, progress: Progress): Promise<void> {
  const { profile, ports } = await expectState(instance);
  await ensureRunning(instance, 'postgresql', {
    announce: (work) => progress.step('starting PostgreSQL with DocumentDB', work),
    spawn: () => spawnPostgresql(root, instance, profile),
    ready: (leader) => postgresqlReady(instance, leader),
  });
  await ensureRunning(instance, 'mongoFront', {
    announce: (work) => progress.step(`starting the MongoDB front on port ${ports.mongo}`, work),
    spawn: () => spawnMongoFront(instance, ports.mongo, postgresqlSocketFolder(instance)),
    ready: (leader) => mongoFrontReady(instance, ports.mongo, leader),
  });
}

/** Starts RabbitMQ if it does not run. Returns when it serves. */
export async function startBroker(instance: Instance, root: string, progress: Progress): Promise<void> {
  const state = await expectState(instance);
  const { amqp, management } = state.ports;
  await ensureRunning(instance, 'rabbitmq', {
    announce: (work) => progress.step(`starting RabbitMQ on port ${amqp}, management on ${management}`, work),
    spawn: () => spawnRabbitmq(root, instance, state),
    ready: (leader) => rabbitmqReady(instance, state, leader),
  });
}

interface Start {
  readonly announce: (work: () => Promise<void>) => Promise<void>;
  readonly spawn: () => Promise<ProcessIdentity>;
  readonly ready: (leader: ProcessIdentity) => Promise<void>;
}

/** The process is written down before anything can fail, so that whatever happens it can be found and stopped. */
async function ensureRunning(instance: Instance, server: ServerName, { announce, spawn, ready }: Start): Promise<void> {
  const known = (await expectState(instance)).processes[server];
  if (known !== undefined && (await isRunning(known))) return ready(known);
  return announce(async () => {
    const leader = await spawn();
    await updateState(instance, (state) => withProcess(state, server, leader));
    await ready(leader);
  });
}
