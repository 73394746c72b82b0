import { type InstanceState, type ServerName } from '../instance.js';
import { isRunning, type ProcessIdentity } from '../process-identity.js';

/** Every server of an instance, in the order in which they may stop. */
export const everyServer: readonly ServerName[] = ['mongoFront', 'postgresql', 'rabbitmq'];

/** Which servers of the instance run, checked. */
export async function runningServers(state: InstanceState): Promise<readonly ServerName[]> {
  const checked = await Promise.all(
    everyServer.map(async (name) => {
      const identity = state.processes[name];
      return identity !== undefined && (await isRunning(identity)) ? [name] : [];
    }),
  );
  return checked.flat();
}

/** Those of the processes that still run. */
export async function onlyRunning(identities: readonly ProcessIdentity[]): Promise<readonly ProcessIdentity[]> {
  const checked = await Promise.all(
    identities.map(async (identity) => ((await isRunning(identity)) ? [identity] : [])),
  );
  return checked.flat();
}
