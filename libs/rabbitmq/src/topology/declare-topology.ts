import { AppError } from '@earlybird/core';
import type { Channel, ChannelModel } from 'amqplib';
import type { Topology } from './topology-entry.js';

/** One question or declaration that the broker may refuse. */
interface Step {
  readonly name: string;
  run(channel: Channel): Promise<unknown>;
}

/** AMQP's ACCESS_REFUSED. */
const forbidden = 403;
/** AMQP's NOT_FOUND. */
const notFound = 404;

interface Refusal {
  readonly name: string;
  /** AMQP's reply code: 403, 404, 406 … */
  readonly code: number;
  readonly words: string;
}

/**
 * Checks what belongs to the platform and declares what belongs to the worker. Can be repeated; changes nothing that exists.
 *
 * @throws AppError `topology_missing` (the platform's part is not there, or the account may not declare), `topology_differs`
 * (something exists with other arguments; every difference is named) or `broker_unavailable`.
 */
export async function declareTopology(
  connection: Pick<ChannelModel, 'createChannel'>,
  topology: Topology,
): Promise<void> {
  demandPlatform(await refusalsOf(connection, platformChecks(topology)));
  demandDeclared(await refusalsOf(connection, [...declarations(topology), ...ownBindings(topology)]));
}

/**
 * The same without declaring: what a process needs that owns no queue (the api).
 *
 * @throws AppError `topology_missing` or `broker_unavailable`.
 */
export async function checkTopology(
  connection: Pick<ChannelModel, 'createChannel'>,
  names: { readonly exchanges?: readonly string[]; readonly queues?: readonly string[] },
): Promise<void> {
  const { exchanges = [], queues = [] } = names;
  demandPlatform(await refusalsOf(connection, [...exchanges.map(exchangeCheck), ...queues.map(queueCheck)]));
}

/**
 * The names of the worker's queues that are not there, without declaring them.
 *
 * @throws AppError `broker_unavailable`.
 */
export async function absentQueues(
  connection: Pick<ChannelModel, 'createChannel'>,
  { queues }: Topology,
): Promise<readonly string[]> {
  const own = queues.filter(({ owner }) => owner === 'worker');
  const refusals = await refusalsOf(
    connection,
    own.map(({ name }) => queueCheck(name)),
  );
  return refusals.filter(({ code }) => code === notFound).map(({ name }) => name);
}

function platformChecks({ exchanges, queues }: Topology): readonly Step[] {
  return [
    ...exchanges.filter(({ owner }) => owner === 'platform').map(({ name }) => exchangeCheck(name)),
    ...queues.filter(({ owner }) => owner === 'platform').map(({ name }) => queueCheck(name)),
  ];
}

const exchangeCheck = (name: string): Step => ({
  name: `exchange ${name}`,
  run: (channel) => channel.checkExchange(name),
});
const queueCheck = (name: string): Step => ({ name: `queue ${name}`, run: (channel) => channel.checkQueue(name) });

function declarations({ exchanges, queues }: Topology): readonly Step[] {
  return [
    ...exchanges
      .filter(({ owner }) => owner === 'worker')
      .map(({ name, type }) => ({
        name: `exchange ${name}`,
        run: (channel: Channel) => channel.assertExchange(name, type, { durable: true }),
      })),
    ...queues
      .filter(({ owner }) => owner === 'worker')
      .map(({ name, arguments: queueArguments }) => ({
        name: `queue ${name}`,
        run: (channel: Channel) => channel.assertQueue(name, { durable: true, arguments: queueArguments }),
      })),
  ];
}

function ownBindings({ bindings }: Topology): readonly Step[] {
  return bindings
    .filter(({ owner }) => owner === 'worker')
    .map(({ exchange, queue, routingKey }) => ({
      name: `binding of ${queue} to ${exchange} by ${routingKey}`,
      run: (channel: Channel) => channel.bindQueue(queue, exchange, routingKey),
    }));
}

/** Every refusal closes its channel, so the steps after it get a new one: all refusals are told together. */
async function refusalsOf(
  connection: Pick<ChannelModel, 'createChannel'>,
  steps: readonly Step[],
): Promise<readonly Refusal[]> {
  const refusals: Refusal[] = [];
  let channel: Channel | undefined;
  try {
    for (const step of steps) {
      channel ??= await openChannel(connection);
      try {
        await step.run(channel);
      } catch (cause) {
        channel = undefined;
        refusals.push(refusalOf(step.name, cause));
      }
    }
    await channel?.close();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('broker_unavailable', 'The connection broke while the topology was declared.', { cause });
  }
  return refusals;
}

async function openChannel(connection: Pick<ChannelModel, 'createChannel'>): Promise<Channel> {
  const channel = await connection.createChannel();
  // The failed call rejects with the same error; without a listener the event would end the process.
  channel.on('error', () => undefined);
  return channel;
}

/** @throws the cause itself, when it is no refusal but a lost connection. */
function refusalOf(name: string, cause: unknown): Refusal {
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'number') throw cause;
  return { name, code: cause.code, words: cause.message.replace(/^.*?(?=[A-Z_]{6,} - )/s, '').slice(0, 300) };
}

/** RabbitMQ 4 lets nobody look at what he has no right to: a 403 says nothing about whether it is there. */
function demandPlatform(refusals: readonly Refusal[]): void {
  const missing = refusals.filter(({ code }) => code !== forbidden);
  if (missing.length === 0) return;
  throw new AppError(
    'topology_missing',
    `Missing: ${missing.map(({ name }) => name).join(', ')}. Run \`npm run topology -- apply\` with the admin URL.`,
  );
}

function demandDeclared(refusals: readonly Refusal[]): void {
  if (refusals.length === 0) return;
  const notAllowed = refusals.filter(({ code }) => code === forbidden);
  if (notAllowed.length > 0)
    throw new AppError(
      'topology_missing',
      `The account may not declare ${textOf(notAllowed)}. Run \`npm run topology -- apply\` with the admin URL; it sets the permissions.`,
    );
  throw new AppError(
    'topology_differs',
    `Not as it should be: ${textOf(refusals)}. Nothing was changed. \`npm run topology -- doctor\` names each difference and the command that mends it; this goes on by itself then.`,
  );
}

const textOf = (refusals: readonly Refusal[]): string =>
  refusals.map(({ name, words }) => `${name} (${words})`).join('; ');
