import { type ChannelModel, connect } from 'amqplib';
import { within } from './waiting.js';

/** How to open one connection. */
export interface OpenConnectionOptions {
  readonly url: string;
  readonly name: string;
  readonly heartbeatSeconds: number;
  readonly answerWithinMs: number;
}

/** One connection, from its handshake to its end. */
export interface OpenConnection {
  readonly model: ChannelModel;
  /** Resolves with the cause when it has ended, or was given up. Never rejects. */
  readonly ended: Promise<unknown>;
  /** Takes it for ended, whatever its heartbeat says. */
  giveUp(cause: unknown): void;
  /** Says goodbye; a broker that does not answer is left to its heartbeat. Never throws. */
  close(): Promise<void>;
}

/** A goodbye is answered at once, or the broker has other troubles. */
const goodbyeMs = 2_000;

/** Opens a connection. Throws what amqplib throws, or NoAnswerError; what opens later than that is closed again. */
export async function openConnection(options: OpenConnectionOptions): Promise<OpenConnection> {
  const { url, name, heartbeatSeconds, answerWithinMs } = options;
  const opening = connect(withHeartbeat(url, heartbeatSeconds), {
    noDelay: true,
    timeout: answerWithinMs,
    clientProperties: { connection_name: name },
  });
  try {
    return watch(await within(2 * answerWithinMs, opening, 'connecting'));
  } catch (cause) {
    void opening.then((late) => watch(late).close()).catch(() => undefined);
    throw cause;
  }
}

function watch(model: ChannelModel): OpenConnection {
  let giveUp: (cause: unknown) => void = () => undefined;
  const ended = new Promise<unknown>((resolve) => {
    giveUp = resolve;
    let cause: unknown;
    model.on('error', (error) => (cause = error));
    model.on('close', (error) => resolve(cause ?? error));
  });
  const close = (): Promise<void> => within(goodbyeMs, model.close(), 'goodbye').catch(() => undefined);
  return { model, ended, giveUp, close };
}

function withHeartbeat(url: string, seconds: number): string {
  const address = new URL(url);
  if (!address.searchParams.has('heartbeat')) address.searchParams.set('heartbeat', String(seconds));
  return address.href;
}
