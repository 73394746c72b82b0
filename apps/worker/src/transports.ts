import { type MongoConnection } from '@earlybird/mongodb';
import { type ConsumeConfig } from '@earlybird/ops';
import {
  asDelivered,
  decodeCommand,
  decodeDispatchEnvelope,
  decodeReceipt,
  Isolation,
  queues,
  RabbitmqServer,
  type RabbitmqServerOptions,
} from '@earlybird/rabbitmq';
import { type WorkerBroker } from './broker.js';

/** One transport per queue: Nest tells by the symbol which handlers a transport serves. */
export const transports = {
  events: Symbol('events'),
  dispatch: Symbol('dispatch'),
  dispatchBulk: Symbol('dispatch.bulk'),
  receipts: Symbol('receipts'),
  commands: Symbol('commands'),
} as const;

/** Everything that consumes, by the queue that it consumes. */
export type Servers = Readonly<Record<keyof typeof transports, RabbitmqServer<unknown>>>;

/** The consumers of a worker. They begin when Nest starts them, and pause together while the database is away. */
export function serversOf(
  { broker, observer, meter }: WorkerBroker,
  database: MongoConnection,
  { channels, prefetch }: ConsumeConfig,
): Servers {
  const shared = {
    connection: broker.connection,
    publisher: broker.publisher,
    name: broker.consumerName,
    concurrency: { channels, prefetch },
    isolation: new Isolation(),
    observer,
    meter,
    untilBack: (signal: AbortSignal) => untilBack(database, signal),
  };
  const server = <Envelope>(
    own: Pick<RabbitmqServerOptions<Envelope>, 'transportId' | 'queue' | 'decode' | 'deadLetterQueue'> &
      Partial<Pick<RabbitmqServerOptions<Envelope>, 'concurrency'>>,
  ) => new RabbitmqServer<Envelope>({ ...shared, ...own });
  return {
    events: server({
      transportId: transports.events,
      queue: queues.events,
      decode: asDelivered,
      deadLetterQueue: queues.eventsDead,
    }),
    dispatch: server({
      transportId: transports.dispatch,
      queue: queues.dispatch,
      decode: decodeDispatchEnvelope,
      deadLetterQueue: queues.dispatchDead,
    }),
    dispatchBulk: server({
      transportId: transports.dispatchBulk,
      queue: queues.dispatchBulk,
      decode: decodeDispatchEnvelope,
      deadLetterQueue: queues.dispatchDead,
    }),
    receipts: server({
      transportId: transports.receipts,
      queue: queues.receipts,
      decode: decodeReceipt,
      deadLetterQueue: queues.receiptsDead,
    }),
    commands: server({
      transportId: transports.commands,
      queue: queues.commands,
      decode: decodeCommand,
      deadLetterQueue: queues.dispatchDead,
      concurrency: fewCommands,
    }),
  };
}

/** Commands are rare; a long one must not hold up the next. */
const fewCommands = { channels: 1, prefetch: 4 } as const;

/** Resolves when the database answers (again); at once while it does. */
function untilBack(database: MongoConnection, signal: AbortSignal): Promise<void> {
  if (database.isUp || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      unsubscribe();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const unsubscribe = database.onBack(done);
    signal.addEventListener('abort', done);
  });
}
