import { type SystemServers } from '@earlybird/testing';
import { PlainError } from '../plain-error.js';
import { type Progress } from '../progress.js';
import { ensureServers } from '../servers/ensure-servers.js';

/** Servers to measure on. */
export interface BenchServers extends SystemServers {
  /** One line that says which servers these are. */
  readonly how: string;
}

/**
 * Runs `work` on servers: those of the environment, or a set of its own that is stopped afterwards.
 *
 * @throws PlainError when there are none, or without the management API of RabbitMQ.
 */
export async function onServers<T>(progress: Progress, work: (servers: BenchServers) => Promise<T>): Promise<T> {
  const servers = await ensureServers({ profile: 'test', instanceName: 'bench', progress });
  try {
    const { rabbitmqUrl, rabbitmqManagementUrl: managementUrl, mongoUrl, how } = servers;
    if (managementUrl === undefined)
      throw new PlainError('Set RABBITMQ_MANAGEMENT_URL: each figure has accounts of its own.');
    return await work({ rabbitmqUrl, managementUrl, mongoUrl, how });
  } finally {
    await servers.stop();
  }
}
