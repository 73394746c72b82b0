import mongoose from 'mongoose';
import { GenericContainer, getContainerRuntimeClient, type StartedTestContainer, Wait } from 'testcontainers';
import { type Progress } from '../../progress.js';
import { freePort } from '../free-port.js';
import { newSecret, type Profile } from '../instance.js';
import { PlainError } from '../../plain-error.js';
import { type ServerControl, type Servers } from '../servers.js';
import { until } from '../until.js';
import { MONGODB_IMAGE, RABBITMQ_IMAGE } from './docker-engine.js';

const ADMIN = 'earlybird';

/** A container on a loaded machine. */
const READY_WITHIN_MS = 120_000;

/**
 * Way 2 of local-servers.md for `npm test`: two throw-away containers. Testcontainers' reaper removes them even when this process is
 * killed. Ports are fixed ones that are free now, because a container that is killed and started again must keep them.
 */
export async function startContainerServers(profile: Profile, progress: Progress): Promise<Servers> {
  const password = newSecret();
  const taken = new Set<number>();
  const port = async (): Promise<number> => {
    const chosen = await freePort(undefined, taken);
    taken.add(chosen);
    return chosen;
  };
  const [amqp, management, mongo] = [await port(), await port(), await port()];
  const started: StartedTestContainer[] = [];
  const stop = async (): Promise<void> => void (await Promise.all(started.map((container) => container.stop())));
  const start = async (container: GenericContainer): Promise<StartedTestContainer> => {
    const running = await container.start();
    started.push(running);
    return running;
  };
  try {
    const [rabbitmq, mongodb] = await progress.step('starting RabbitMQ and MongoDB in containers', () =>
      Promise.all([start(rabbitmqContainer(password, amqp, management)), start(mongodbContainer(mongo))]),
    );
    return {
      profile,
      rabbitmqUrl: `amqp://${ADMIN}:${password}@127.0.0.1:${amqp}`,
      rabbitmqManagementUrl: `http://${ADMIN}:${password}@127.0.0.1:${management}`,
      mongoUrl: `mongodb://127.0.0.1:${mongo}/earlybird_test`,
      how: 'RabbitMQ 4 and MongoDB 8 in throw-away containers',
      control: {
        rabbitmq: {
          ...controlOf(rabbitmq.getId(), () => managementAnswers(management, password)),
          ctl: (...args) => ctlIn(rabbitmq, args),
        },
        database: controlOf(mongodb.getId(), () => mongodbAnswers(mongo)),
      },
      stop: () => progress.step('removing the containers', stop),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function rabbitmqContainer(password: string, amqp: number, management: number): GenericContainer {
  return new GenericContainer(RABBITMQ_IMAGE)
    .withEnvironment({ RABBITMQ_DEFAULT_USER: ADMIN, RABBITMQ_DEFAULT_PASS: password })
    .withExposedPorts({ container: 5672, host: amqp }, { container: 15672, host: management })
    .withWaitStrategy(Wait.forHttp('/api/vhosts', 15672).withBasicCredentials(ADMIN, password).forStatusCode(200))
    .withStartupTimeout(READY_WITHIN_MS);
}

function mongodbContainer(port: number): GenericContainer {
  return new GenericContainer(MONGODB_IMAGE)
    .withExposedPorts({ container: 27017, host: port })
    .withWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(READY_WITHIN_MS);
}

/** Testcontainers can stop a container for good, but not kill it and start it again: that is asked of the engine. */
function controlOf(id: string, ready: () => Promise<boolean>): ServerControl {
  const container = async () => (await getContainerRuntimeClient()).container.getById(id);
  return {
    kill: async () => void (await (await container()).kill({ signal: 'SIGKILL' })),
    stop: async () => void (await (await container()).stop()),
    start: async () => {
      await (await container()).start();
      const late = async (): Promise<Error> => new PlainError(`the container ${id.slice(0, 12)} did not come up again`);
      await until(async () => ((await ready()) ? true : undefined), READY_WITHIN_MS, late);
    },
  };
}

async function ctlIn(rabbitmq: StartedTestContainer, args: readonly string[]): Promise<string> {
  const { exitCode, output } = await rabbitmq.exec(['rabbitmqctl', ...args]);
  if (exitCode !== 0) throw new PlainError(`rabbitmqctl ${args.join(' ')} failed:\n${output}`);
  return output;
}

async function managementAnswers(port: number, password: string): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${ADMIN}:${password}`).toString('base64')}`;
  return fetch(`http://127.0.0.1:${port}/api/vhosts`, {
    headers: { authorization },
    signal: AbortSignal.timeout(5_000),
  }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Asked by the protocol itself: the engine accepts connections to the port before there is a server behind it. */
async function mongodbAnswers(port: number): Promise<boolean> {
  const connection = mongoose.createConnection(`mongodb://127.0.0.1:${port}`, { serverSelectionTimeoutMS: 2_000 });
  try {
    await connection.asPromise();
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
