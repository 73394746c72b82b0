/**
 * The floor of the benchmarks (quality.md): the shortest hand-written program that keeps the same promises with the same
 * libraries. consume → store the attempt → POST → store the outcome → ack, for one event type and with the environment of the
 * worker. An event is never lost: it is acked when its outcome is stored and what follows from it is confirmed. An attempt is
 * on record, with a lease, before its request leaves; one that a killed process left open becomes unknown. Lost servers end
 * the process; whoever runs it starts it again.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { type ConfirmChannel, type ConsumeMessage, connect } from 'amqplib';
import { Axios, type AxiosAdapter } from 'axios';
import { type AnyBulkWriteOperation, MongoBulkWriteError, MongoClient } from 'mongodb';
import { Pool } from 'undici';
import { z } from 'zod';

type Outcome = 'accepted' | 'refused' | 'deferred' | 'unknown' | 'halted';

type Result = { outcome: Outcome; httpStatus?: number | undefined; providerMessageId?: string | undefined };
type Status = 'sending' | 'sent' | 'failed' | 'retrying';
type Attempt = ReturnType<typeof openAttempt> & Partial<Result> & { counted?: boolean };
type Notification = ReturnType<typeof notificationOf>;
type Finish = Result & { id: string; number: number; status: Status };
type Answer = { status: number; body: string } | 'unsent' | 'unanswered';

const queue = 'notifications.floor';
/** Prefetch above 32 loses acks when a channel closes (broker.md), so more in flight means more channels. */
const [channels, prefetch] = [4, 32];
const [leaseMarginMs, groupWindowMs, mostInGroup] = [5_000, 2, 200];

const timeoutMs = Number(env('MYOPERATOR_TIMEOUT_MS'));
const maxAttempts = Number(env('NOTIFICATION_QUEUE_RETRY_ATTEMPTS'));
const retryDelayMs = Number(env('NOTIFICATION_QUEUE_RETRY_DELAY_MS'));
const word = z.string().min(1);
const orderCreated = z.object({
  specversion: z.literal('1.0'),
  id: word,
  source: word,
  type: z.literal('order.created'),
  time: z.iso.datetime({ offset: true }),
  correlationid: word.exactOptional(),
  data: z.object({
    customer: z.object({ id: word, name: word, phone: z.string().regex(/^\+[1-9]\d{7,14}$/) }),
    order_id: word,
    total_amount: z.number().positive(),
    delivery_date: z.iso.date(),
  }),
});
const answered = z.object({ message_id: word.exactOptional(), error: z.unknown().optional() });
type OrderCreated = z.infer<typeof orderCreated>;

const log = new MongoClient(env('MONGO_URL'), { ignoreUndefined: true, writeConcern: { w: 'majority' } })
  .db()
  .collection<Notification>('notifications_log');
const limits = { connections: channels * prefetch, headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
const pool = new Pool(env('MYOPERATOR_BASE_URL'), limits);
const asItIs = { transformRequest: [], transformResponse: [], validateStatus: null };
const provider = new Axios({ adapter: overUndici(), ...asItIs });
const credentials = {
  api_key: env('MYOPERATOR_API_KEY'),
  api_secret: env('MYOPERATOR_API_SECRET'),
  account_id: env('MYOPERATOR_ACCOUNT_ID'),
};

const insert = grouped<Notification, boolean>(async (documents) => {
  const failed = await writeAll(documents.map((document) => ({ insertOne: { document } })));
  return documents.map((_, index) => !failed.has(index));
});
const finish = grouped<Finish, void>(async (finishes) => {
  await writeAll(finishes.map((one) => ({ updateOne: finishWrite(one) })));
  return finishes.map(() => undefined);
});

const [publishing, consuming] = await Promise.all([connectBroker(), connectBroker()]);
const publisher: ConfirmChannel = await publishing.createConfirmChannel();
publisher.on('return', () => die('an envelope came back'));
const quorum = { 'x-queue-type': 'quorum' };
const deadLetteredTo = (target: string) => ({
  ...{ ...quorum, 'x-dead-letter-strategy': 'at-least-once', 'x-overflow': 'reject-publish' },
  ...{ 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': target },
});
const work = { ...deadLetteredTo(`${queue}.dlq`), 'x-delivery-limit': 20 };
const wait = { ...deadLetteredTo(queue), 'x-message-ttl': retryDelayMs };
await publisher.assertQueue(`${queue}.dlq`, { arguments: quorum });
await publisher.assertQueue(queue, { arguments: work });
await publisher.assertQueue(`${queue}.retry`, { arguments: wait });
await publisher.bindQueue(queue, 'domain.events', 'order.created');
for (let index = 0; index < channels; index += 1) await consume();
createServer((_, response) => response.end('ready')).listen(Number(env('WORKER_PORT')), '127.0.0.1');

async function consume(): Promise<void> {
  const channel = await consuming.createChannel();
  await channel.prefetch(prefetch);
  await channel.consume(queue, (message) => {
    if (message === null) return die('the broker cancelled the consumer');
    carry(message).then(() => channel.ack(message), die);
  });
}

/** One event through one attempt; resolves when its envelope may be acked. */
async function carry(message: ConsumeMessage): Promise<void> {
  const { data: event } = orderCreated.safeParse(parsed(message.content.toString('utf8')));
  if (event === undefined) return publish(`${queue}.dlq`, message, { 'x-reason': 'unreadable' });
  const { headers = {} } = message.properties;
  const number = Number(headers['x-attempt'] ?? 1);
  const fresh = notificationOf(event);
  if (number === 1 && (await insert(fresh))) return attempt(message, fresh, 1);
  const known = await log.findOne({ _id: fresh._id });
  if (known === null) throw new Error(`${fresh._id} is neither new nor known`);
  await goOn(message, known, number, message.fields.redelivered || headers['x-repeat'] === true);
}

/** An event that is known: a copy, a retry whose time has come, or one that a killed process had in hand (`repeat`). */
async function goOn(message: ConsumeMessage, known: Notification, number: number, repeat: boolean): Promise<void> {
  const last = known.attempts.at(-1);
  if (known.status === 'retrying' && number === known.lastAttemptNumber + 1) return startNext(message, known, number);
  if (!repeat || last === undefined || known.status === 'sent') return;
  if (known.status === 'retrying') return again(message, known.lastAttemptNumber + 1);
  if (known.status === 'failed') return last.outcome === 'refused' ? undefined : park(message);
  if (last.leaseUntil <= new Date()) return settle(message, known, last.number, { outcome: 'unknown' });
  await publish(`${queue}.retry`, message, { 'x-attempt': number, 'x-repeat': true });
}

async function startNext(message: ConsumeMessage, known: Notification, number: number): Promise<void> {
  const $set = { status: 'sending', lastAttemptNumber: number, updatedAt: new Date() } as const;
  const filter = { _id: known._id, status: 'retrying', lastAttemptNumber: number - 1 } as const;
  const { modifiedCount } = await log.updateOne(filter, { $set, $push: { attempts: openAttempt(number) } });
  if (modifiedCount === 1) await attempt(message, known, number);
}

/** The attempt is on record by now: nothing waits before the request. */
async function attempt(message: ConsumeMessage, notification: Notification, number: number): Promise<void> {
  const { recipient, text } = notification;
  const { data } = await provider.request<Answer>({
    method: 'POST',
    url: '/whatsapp/send-message',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${credentials.api_key}`,
      'x-notification-id': notification._id,
      'x-attempt': String(number),
    },
    data: JSON.stringify({ ...credentials, recipient: recipient.phone, message: text, type: 'text' }),
  });
  await settle(message, notification, number, judge(data));
}

/** Stores the outcome, and then has confirmed what follows from it. */
async function settle(message: ConsumeMessage, about: Notification, number: number, result: Result): Promise<void> {
  const used = about.attempts.filter((one) => one.number !== number && one.counted === true).length;
  const isLast = result.outcome !== 'halted' && used + 1 >= maxAttempts;
  const unless = isLast ? 'failed' : 'retrying';
  const ends = { accepted: 'sent', refused: 'failed', deferred: unless, unknown: unless, halted: 'retrying' } as const;
  const status = ends[result.outcome];
  await finish({ id: about._id, number, status, ...result });
  if (status === 'retrying') await again(message, number + 1);
  if (status === 'failed' && result.outcome !== 'refused') await park(message);
}

function judge(answer: Answer): Result {
  if (answer === 'unsent') return { outcome: 'halted' };
  if (answer === 'unanswered') return { outcome: 'unknown' };
  const { status: httpStatus } = answer;
  const { message_id: providerMessageId, error } = answered.safeParse(parsed(answer.body)).data ?? {};
  if (httpStatus < 300) return { outcome: providerMessageId ? 'accepted' : 'unknown', httpStatus, providerMessageId };
  if ([401, 403, 429].includes(httpStatus)) return { outcome: 'halted', httpStatus };
  if (httpStatus >= 500) return { outcome: error === undefined ? 'unknown' : 'deferred', httpStatus };
  return { outcome: 'refused', httpStatus };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function notificationOf({ id, source, type, correlationid, data }: OrderCreated) {
  const { customer, order_id: referenceId, total_amount: amount, delivery_date: day } = data;
  const key = createHash('sha256')
    .update(JSON.stringify(['event', source, id, customer.id]))
    .digest('hex');
  const now = new Date();
  return {
    _id: `msg_${key.slice(0, 32)}`,
    idempotencyKey: key,
    event: { type, source, id },
    correlationId: correlationid ?? id,
    recipient: { phone: customer.phone, userId: customer.id, name: customer.name },
    messageType: 'order_confirmation',
    referenceId,
    text: `Hi ${customer.name}! Thank you, we have your EarlyBird order ${referenceId}.\nTotal: ₹${amount.toFixed(2)}\nDelivery: ${day}`,
    status: 'sending' as Status,
    lastAttemptNumber: 1,
    attempts: [openAttempt(1)] as readonly Attempt[],
    createdAt: now,
    updatedAt: now,
  };
}

function openAttempt(number: number) {
  const startedAt = new Date();
  return { number, startedAt, leaseUntil: new Date(startedAt.getTime() + timeoutMs + leaseMarginMs) };
}

function finishWrite({ id, number, status, ...result }: Finish) {
  const finishedAt = new Date();
  const fields = { finishedAt, counted: result.outcome !== 'halted', ...result };
  const attempt = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`attempts.$.${name}`, value]));
  return {
    filter: { _id: id, attempts: { $elemMatch: { number, finishedAt: { $exists: false } } } },
    update: { $set: { ...attempt, status, updatedAt: finishedAt } },
  };
}

async function writeAll(writes: AnyBulkWriteOperation<Notification>[]): Promise<ReadonlySet<number>> {
  try {
    await log.bulkWrite(writes, { ordered: false });
    return new Set();
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError) || error.code !== 11_000) throw error;
    return new Set([error.writeErrors].flat().map(({ index }) => index));
  }
}

/** Puts what many ask for within a moment into one round trip. */
function grouped<Item, Answered>(run: (items: readonly Item[]) => Promise<readonly Answered[]>) {
  let waiting: { item: Item; resolve: (answer: Answered) => void; reject: (error: unknown) => void }[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    const group = waiting;
    [waiting, timer] = [[], undefined];
    run(group.map(({ item }) => item)).then(
      (answers) => group.forEach(({ resolve }, index) => resolve(answers[index] as Answered)),
      (error: unknown) => group.forEach(({ reject }) => reject(error)),
    );
  };
  return (item: Item) =>
    new Promise<Answered>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length >= mostInGroup) flush();
      else timer ??= setTimeout(flush, groupWindowMs);
    });
}

function again(message: ConsumeMessage, number: number): Promise<void> {
  return publish(`${queue}.retry`, message, { 'x-attempt': number });
}

function park(message: ConsumeMessage): Promise<void> {
  return publish(`${queue}.dlq`, message, { 'x-reason': 'attempts_exhausted' });
}

/** Resolves when the broker has confirmed the copy. */
function publish(target: string, { content }: ConsumeMessage, headers: object): Promise<void> {
  const options = { persistent: true, mandatory: true, headers };
  return new Promise((resolve, reject) => {
    publisher.sendToQueue(target, content, options, (error) => (error ? reject(error as Error) : resolve()));
  });
}

/** axios on undici: what was written tells "unsent" from "unanswered". */
function overUndici(): AxiosAdapter {
  return (config) =>
    new Promise((resolve) => {
      let [status, body, isWritten] = [0, '', false];
      const end = (data: Answer) => resolve({ data, status: 200, statusText: '', headers: {}, config });
      pool.dispatch(
        {
          path: config.url ?? '/',
          method: 'POST',
          headers: config.headers.toJSON() as Record<string, string>,
          body: config.data as string,
        },
        {
          onRequestStart: () => void (isWritten = true),
          onResponseStart: (_, code) => void (status = code),
          onResponseData: (_, chunk) => void (body += chunk.toString('utf8')),
          onResponseEnd: () => end({ status, body }),
          onResponseError: () => end(isWritten ? 'unanswered' : 'unsent'),
        },
      );
    });
}

async function connectBroker() {
  const connection = await connect(`${env('RABBITMQ_URL')}?heartbeat=15`, { noDelay: true });
  connection.on('error', die).on('close', () => die('the broker is gone'));
  return connection;
}

function env(name: string): string {
  return process.env[name] ?? die(`${name} is not set`);
}

function die(cause: unknown): never {
  console.error(cause);
  process.exit(1);
}
