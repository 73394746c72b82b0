import { randomUUID } from 'node:crypto';
import { manageBroker } from './broker-management.js';
import { givenServer } from './given-server.js';

/** A virtual host of its own on the test broker, so that no test meets another's queues. */
export interface TestVhost {
  readonly name: string;
  /** The administrator's AMQP URL of it. */
  readonly url: string;
  /** Calls the management API; see `manageBroker`. `path` may hold `{vhost}` for the encoded name. */
  manage(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Breaks every connection to it from the broker's side; answers how many there were. */
  closeConnections(): Promise<number>;
  /** Deletes it with everything in it. */
  remove(): Promise<void>;
}

/** The broker on which to make a virtual host: an administrator's URLs. */
export interface VhostBroker {
  readonly rabbitmqUrl: string;
  readonly managementUrl: string;
}

/** Makes a virtual host for one test file, on the given broker; without one it needs RABBITMQ_URL and RABBITMQ_MANAGEMENT_URL. */
export async function makeVhost(broker?: VhostBroker): Promise<TestVhost> {
  const name = `test-${randomUUID()}`;
  const url = broker === undefined ? givenServer('RABBITMQ_URL') : new URL(broker.rabbitmqUrl);
  const management = broker === undefined ? givenServer('RABBITMQ_MANAGEMENT_URL') : new URL(broker.managementUrl);
  const { username } = url;
  url.pathname = `/${name}`;
  const manage = (method: string, path: string, body?: unknown) =>
    manageBroker(method, path.replace('{vhost}', name), body, management);
  await manage('PUT', 'vhosts/{vhost}', {});
  // Who makes a virtual host over the API may use it; the AMQP user of the tests may be another.
  await manage('PUT', `permissions/{vhost}/${username}`, { configure: '.*', write: '.*', read: '.*' });
  return {
    name,
    url: url.href,
    manage,
    closeConnections: () => closeConnections(manage),
    remove: async () => void (await manage('DELETE', 'vhosts/{vhost}')),
  };
}

async function closeConnections(manage: TestVhost['manage']): Promise<number> {
  const connections = (await manage('GET', 'vhosts/{vhost}/connections')) as readonly { readonly name: string }[];
  for (const { name } of connections) await manage('DELETE', `connections/${encodeURIComponent(name)}`);
  return connections.length;
}
