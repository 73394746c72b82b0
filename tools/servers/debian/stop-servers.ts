import { type Instance, type ServerName, withProcess } from '../instance.js';
import { stopProcess } from '../process-identity.js';
import { killConfined, stopConfined } from './confined-process.js';
import { expectState, updateState } from './stored-state.js';
import { together } from './together.js';

/** A kill must not be mistaken for a slow stop: PostgreSQL and RabbitMQ both end within seconds when asked. */
const STOP_WITHIN_MS = 20_000;

/** Stops those servers of the instance that run, the front before its database. */
export async function stopServers(instance: Instance, servers: readonly ServerName[]): Promise<void> {
  const { processes } = await expectState(instance);
  const { mongoFront, postgresql, rabbitmq } = Object.fromEntries(servers.map((name) => [name, processes[name]]));
  const stopDatabase = async (): Promise<void> => {
    if (mongoFront !== undefined) await stopProcess(mongoFront, STOP_WITHIN_MS);
    // PostgreSQL's fast shutdown: it ends sessions instead of waiting for them.
    if (postgresql !== undefined) await stopConfined(postgresql, 'SIGINT', STOP_WITHIN_MS);
  };
  const stopBroker = async (): Promise<void> => {
    if (rabbitmq !== undefined) await stopConfined(rabbitmq, 'SIGTERM', STOP_WITHIN_MS);
  };
  await together(stopDatabase(), stopBroker());
  await forget(instance, servers);
}

/** Kills those servers of the instance with SIGKILL, all at the same instant. */
export async function killServers(instance: Instance, servers: readonly ServerName[]): Promise<void> {
  const { processes } = await expectState(instance);
  await together(
    ...servers.map(async (name) => {
      const found = processes[name];
      if (found !== undefined) await killConfined(found);
    }),
  );
  await forget(instance, servers);
}

async function forget(instance: Instance, servers: readonly ServerName[]): Promise<void> {
  await updateState(instance, (state) =>
    servers.reduce((current, name) => withProcess(current, name, undefined), state),
  );
}
