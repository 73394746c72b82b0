import amqp from 'amqplib';
import mongoose from 'mongoose';
import { PlainError } from '../../plain-error.js';
import { type Profile } from '../instance.js';
import { type Servers } from '../servers.js';

/** A server that is there answers within this time, even far away. */
const ANSWER_WITHIN_MS = 10_000;

/** Where the management plugin of a broker listens unless it was told otherwise. */
const MANAGEMENT_PORT = 15_672;

/**
 * Way 1 of local-servers.md: the servers behind `RABBITMQ_URL` and `MONGO_URL`. Undefined when neither is set.
 * @throws PlainError naming what is missing or does not answer, without its password
 */
export async function givenServers(
  profile: Profile,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Servers | undefined> {
  const { RABBITMQ_URL: rabbitmqUrl, MONGO_URL: mongoUrl, RABBITMQ_MANAGEMENT_URL: managementUrl } = environment;
  if (!rabbitmqUrl && !mongoUrl) return undefined;
  if (!rabbitmqUrl || !mongoUrl) {
    const [set, missing] = rabbitmqUrl ? ['RABBITMQ_URL', 'MONGO_URL'] : ['MONGO_URL', 'RABBITMQ_URL'];
    throw new PlainError(
      `${set} is set, but ${missing} is not. Set both, or neither to have the servers started for you.`,
    );
  }
  const faults = (await Promise.all([rabbitmqFault(rabbitmqUrl), mongoFault(mongoUrl)])).filter(
    (fault) => fault !== undefined,
  );
  if (faults.length > 0) throw new PlainError(faults.join('\n'));
  const rabbitmqManagementUrl = managementUrl ?? (await usualManagementUrl(rabbitmqUrl));
  return {
    profile,
    rabbitmqUrl,
    ...(rabbitmqManagementUrl !== undefined && { rabbitmqManagementUrl }),
    mongoUrl,
    how: `the servers given by RABBITMQ_URL (${withoutPassword(rabbitmqUrl)}) and MONGO_URL (${withoutPassword(mongoUrl)})`,
    stop: async () => undefined,
  };
}

async function rabbitmqFault(url: string): Promise<string | undefined> {
  try {
    const connection = await amqp.connect(url, { timeout: ANSWER_WITHIN_MS });
    await connection.close();
    return undefined;
  } catch (error) {
    return fault('RABBITMQ_URL', 'RabbitMQ', url, error);
  }
}

async function mongoFault(url: string): Promise<string | undefined> {
  const connection = mongoose.createConnection(url, { serverSelectionTimeoutMS: ANSWER_WITHIN_MS });
  try {
    await connection.asPromise();
    await connection.db?.command({ ping: 1 });
    return undefined;
  } catch (error) {
    return fault('MONGO_URL', 'MongoDB', url, error);
  } finally {
    await connection.close();
  }
}

function fault(variable: string, server: string, url: string, error: unknown): string {
  const text = reason(error);
  return /ACCESS_REFUSED|Authentication failed/i.test(text)
    ? `${variable}: ${server} at ${withoutPassword(url)} refuses this user and password. Correct them, or unset the variable.`
    : `${variable}: no ${server} answers at ${withoutPassword(url)} (${text}). Start it, correct the variable, or unset it.`;
}

/** The management URL that goes with a broker's URL, if somebody answers there with this account. */
async function usualManagementUrl(rabbitmqUrl: string): Promise<string | undefined> {
  const { protocol, username, password, hostname } = new URL(rabbitmqUrl);
  if (protocol !== 'amqp:') return undefined;
  const address = `http://${hostname}:${MANAGEMENT_PORT}`;
  const account = `${decodeURIComponent(username || 'guest')}:${decodeURIComponent(password || 'guest')}`;
  const answer = await fetch(`${address}/api/whoami`, {
    headers: { authorization: `Basic ${Buffer.from(account).toString('base64')}` },
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  }).catch(() => undefined);
  return answer?.ok ? address.replace('://', `://${username || 'guest'}:${password || 'guest'}@`) : undefined;
}

/** A URL that may be shown. */
function withoutPassword(url: string): string {
  return url.replace(/^([a-z+]+:\/\/[^:@/]*):.*@/, '$1:…@');
}

function reason(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reason(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
