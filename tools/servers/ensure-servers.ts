import { printedProgress, type Progress } from '../progress.js';
import { ensureDebianServers } from './debian/debian-servers.js';
import { type InstanceState, type Profile } from './instance.js';
import { type Servers } from './servers.js';

export interface ServersWanted {
  readonly profile: Profile;
  /** Name of the set of servers; default is the profile's name. Fault runs take one of their own. */
  readonly instanceName?: string;
  readonly rabbitmqVersion?: InstanceState['rabbitmqVersion'];
  readonly keep?: boolean;
  readonly progress?: Progress;
  /** Ends the finding when it aborts. */
  readonly signal?: AbortSignal;
}

/**
 * Finds or starts RabbitMQ and a MongoDB-compatible database (local-servers.md). Both answer when it returns.
 * @throws PlainError with one message that says what to do when there is no way
 */
export async function ensureServers(wanted: ServersWanted): Promise<Servers> {
  const { profile, instanceName = profile, rabbitmqVersion = 'current', keep = false } = wanted;
  const progress = wanted.progress ?? printedProgress;
  return ensureDebianServers(
    { profile, instanceName, rabbitmqVersion, keep, ...(wanted.signal && { signal: wanted.signal }) },
    progress,
  );
}
