import { z } from 'zod';
import { ManagementApi } from '../topology/management-api.js';
import type { BrokerPicture } from './broker-picture.js';

const named = z.object({ name: z.string() });
const table = z.record(z.string(), z.unknown());
const exchangesSchema = z.array(named.extend({ type: z.string(), arguments: table }));
const queuesSchema = z.array(
  named.extend({
    arguments: table,
    policy: z.string().nullish(),
    // Absent for the first seconds of a queue's life.
    messages_ready: z.number().default(0),
    consumers: z.number().default(0),
  }),
);
const bindingsSchema = z.array(z.object({ source: z.string(), destination: z.string(), routing_key: z.string() }));
const policiesSchema = z.array(named.extend({ pattern: z.string(), definition: table }));

/**
 * What a virtual host holds, from the management API; a read-only user with the tag `monitoring` may see it. Undefined when
 * there is no such virtual host.
 *
 * @throws AppError `broker_unavailable`.
 */
export async function lookAtBroker(managementUrl: string, vhost: string): Promise<BrokerPicture | undefined> {
  const api = new ManagementApi(managementUrl);
  const { rabbitmq_version: version } = z.object({ rabbitmq_version: z.string() }).parse(await api.get('/overview'));
  const vhosts = z.array(named).parse(await api.get('/vhosts'));
  if (!vhosts.some(({ name }) => name === vhost)) return undefined;
  const list = (what: string): Promise<unknown> => api.get(`/${what}/${encodeURIComponent(vhost)}`);
  const [exchanges, queues, bindings, policies] = await Promise.all(
    ['exchanges', 'queues', 'bindings', 'policies'].map(list),
  );
  return {
    majorVersion: Number.parseInt(version, 10),
    exchanges: exchangesSchema.parse(exchanges),
    queues: queuesSchema.parse(queues).map(({ messages_ready: ready, policy, ...queue }) => ({
      ...queue,
      ready,
      ...(typeof policy === 'string' && policy !== '' ? { policy } : {}),
    })),
    bindings: bindingsSchema
      .parse(bindings)
      .map(({ source: exchange, destination: queue, routing_key: routingKey }) => ({ exchange, queue, routingKey })),
    policies: policiesSchema.parse(policies),
  };
}
