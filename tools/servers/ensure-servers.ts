import { existsSync } from 'node:fs';
import { PlainError } from '../plain-error.js';
import { printedProgress, type Progress } from '../progress.js';
import { reasonAgainstConfinement } from './debian/confined-process.js';
import { ensureDebianServers } from './debian/debian-servers.js';
import { ensureComposeServers } from './docker/compose-servers.js';
import { startContainerServers } from './docker/container-servers.js';
import { pullImages, reasonAgainstEngine } from './docker/docker-engine.js';
import { givenServers } from './given/given-servers.js';
import { type InstanceState, type Profile } from './instance.js';
import { type Servers } from './servers.js';

export interface ServersWanted {
  readonly profile: Profile;
  /** Name of the set of servers; default is the profile's name. Fault runs take one of their own. */
  readonly instanceName?: string;
  /** Another version than the current one comes from a private Debian root only. */
  readonly rabbitmqVersion?: InstanceState['rabbitmqVersion'];
  /** Leave them running after every user has left, until they are stopped by hand. */
  readonly keep?: boolean;
  /** Servers that may be killed are wanted: URLs that are given are passed over. */
  readonly ownOnly?: boolean;
  /** Where the URLs of given servers are looked for; default is the environment of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly progress?: Progress;
  /** Ends the finding when it aborts. */
  readonly signal?: AbortSignal;
}

/**
 * Finds or starts RabbitMQ and a MongoDB-compatible database, by the ways of local-servers.md in their order: URLs that are given, a
 * Docker engine, a private Debian root. `EARLYBIRD_SERVERS=docker` or `=debian` allows only that way. Both servers answer when it
 * returns.
 * @throws PlainError with one message that says what to install or which variables to set
 */
export async function ensureServers(wanted: ServersWanted): Promise<Servers> {
  const { profile, instanceName = profile, rabbitmqVersion = 'current', keep = false, signal } = wanted;
  const progress = wanted.progress ?? printedProgress;
  const only = process.env['EARLYBIRD_SERVERS'];

  if (only === undefined && wanted.ownOnly !== true) {
    const given = await givenServers(profile, wanted.environment ?? process.env);
    if (given !== undefined) return given;
  }

  // Containers of tests live as long as the process that started them.
  const dockerFits = only !== 'debian' && rabbitmqVersion === 'current' && (profile === 'start' || !keep);
  const docker = dockerFits ? await dockerServers(profile, instanceName, progress) : { reason: 'not asked for' };
  if ('servers' in docker) return docker.servers;

  const againstDebian = only === 'docker' ? 'EARLYBIRD_SERVERS asks for Docker' : await reasonAgainstDebian();
  if (againstDebian === undefined) {
    const options = { profile, instanceName, rabbitmqVersion, keep };
    return ensureDebianServers({ ...options, ...(signal && { signal }) }, progress);
  }
  throw new PlainError(noWay(docker.reason, againstDebian));
}

/** A Docker that cannot bring up the servers counts as none, and the next way is tried; it is told why. */
async function dockerServers(
  profile: Profile,
  instanceName: string,
  progress: Progress,
): Promise<{ readonly servers: Servers } | { readonly reason: string }> {
  const engineMissing = await reasonAgainstEngine();
  if (engineMissing !== undefined) return { reason: engineMissing };
  try {
    await pullImages(progress);
    const starting =
      profile === 'start' ? ensureComposeServers(instanceName, progress) : startContainerServers(profile, progress);
    return { servers: await starting };
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim() : String(error);
    progress.note(`Docker answers, but is not used: ${reason}`);
    return { reason };
  }
}

async function reasonAgainstDebian(): Promise<string | undefined> {
  if (!existsSync('/usr/bin/apt-get')) return 'this is neither Debian nor Ubuntu';
  return reasonAgainstConfinement();
}

function noWay(againstDocker: string, againstDebian: string): string {
  return `RabbitMQ and MongoDB are needed, and there is no way to start them here. Do one of these and run the command again:
  - set RABBITMQ_URL and MONGO_URL to servers that you have (RABBITMQ_MANAGEMENT_URL too, if the management plugin is not at port 15672)
  - start a Docker engine (${againstDocker})
  - on Debian or Ubuntu, run it as root (${againstDebian})`;
}
