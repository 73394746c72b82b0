import { type GracefulStop, type Log, NestLogger, type StorefrontConfig, systemClock, waitFor } from '@earlybird/ops';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { type Db, MongoClient, MongoServerError } from 'mongodb';
import { CustomerBook } from './customer/customer-book.js';
import { StorefrontHealth } from './health/storefront-health.js';
import { FieldsPipe } from './http/fields.pipe.js';
import { jsonOnly } from './http/json-only.js';
import { ProblemFilter } from './http/problem.filter.js';
import { traceRequest } from './http/trace.js';
import { openOutboxes } from './open-outboxes.js';
import { reviveDatabase } from './revive-database.js';
import { StorefrontModule, type StorefrontParts } from './storefront.module.js';

/** So that a call is answered 503 within seconds when the database is away; also the pace of looking for it. */
const FIND_DATABASE_MS = 3_000;

/** A command that is written just as its socket dies is never answered and never fails: no call may wait for it. */
const ANSWER_WITHIN_MS = 10_000;

/** The largest order that the fields allow stays below it. */
const MAX_BODY = '64kb';

/** MongoDB's code for wrong credentials: waiting does not cure them. */
const AUTHENTICATION_FAILED = 18;

/**
 * Starts the storefront: waits for the database, never for the broker, and registers with `stop` how it ends (calls first,
 * then the relays, the publishers with their outstanding confirms, the database).
 *
 * @returns its address
 */
export async function startStorefront(
  config: StorefrontConfig,
  log: Log,
  stop: Pick<GracefulStop, 'onStop'>,
): Promise<string> {
  const client = new MongoClient(config.mongodb.url, {
    appName: 'storefront',
    serverSelectionTimeoutMS: FIND_DATABASE_MS,
    socketTimeoutMS: ANSWER_WITHIN_MS,
    connectTimeoutMS: FIND_DATABASE_MS,
    heartbeatFrequencyMS: FIND_DATABASE_MS,
    ignoreUndefined: true,
  });
  let endRevival = (): void => undefined;
  stop.onStop('database', async () => {
    endRevival();
    await client.close();
  });
  const db = client.db(config.mongodb.database);
  await waitFor('MongoDB', () => reach(client, db), {
    log,
    clock: systemClock,
    address: client.options.hosts.join(','),
    isHopeless: (error) => error instanceof MongoServerError && error.code === AUTHENTICATION_FAILED,
  });
  endRevival = reviveDatabase(client);
  const customers = new CustomerBook(db);
  await customers.seed();
  const outboxes = await openOutboxes(db, config, log);
  const all = Object.values(outboxes);
  stop.onStop('relays and publishers', async () => void (await Promise.all(all.map((outbox) => outbox.close()))));
  const app = await createApp({ outboxes, customers, health: new StorefrontHealth(db, all) }, log);
  stop.onStop('calls', () => app.close());
  await app.listen(config.listen.port, config.listen.host);
  const address = await app.getUrl();
  log.event('listening', { context: 'storefront', address });
  return address;
}

/** A client whose first connection failed stays closed until it is told to connect again. */
async function reach(client: MongoClient, db: Db): Promise<void> {
  await client.connect();
  await db.command({ ping: 1 });
}

async function createApp(parts: StorefrontParts, log: Log): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(StorefrontModule.for(parts), {
    logger: new NestLogger(log),
    bodyParser: false,
  });
  app.disable('x-powered-by');
  app.use(traceRequest, jsonOnly);
  app.useBodyParser('json', { limit: MAX_BODY });
  app.useGlobalPipes(new FieldsPipe());
  app.useGlobalFilters(new ProblemFilter(log));
  return app;
}
