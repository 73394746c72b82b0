import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { serveClient } from './client-connection.js';
import { Cursors } from './cursors.js';
import { connectEngine } from './engine.js';
import { oneAtATime } from '../one-at-a-time.js';

/** How often a lost PostgreSQL is looked for. */
const LOOK_EVERY_MS = 100;

export interface Front {
  readonly port: number;
  /** Ends all connections and forgets all cursors. */
  readonly close: () => Promise<void>;
}

/**
 * Serves MongoDB's wire protocol on `host` from the engine behind a socket folder. Port 0 takes a free one.
 *
 * While PostgreSQL is away the front is away too: it closes every connection and does not listen, so that a driver sees exactly
 * what it sees when a MongoDB dies.
 */
export async function openFront(port: number, socketFolder: string, host = '127.0.0.1'): Promise<Front> {
  const engine = connectEngine(socketFolder);
  const indexBuilds = oneAtATime();
  const sockets = new Set<Socket>();
  let cursors = new Cursors(Date.now);
  let connections = 0;
  let isClosed = false;
  let server: Server | undefined;

  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    connections += 1;
    serveClient(socket, { engine, cursors, indexBuilds, connectionId: connections }, lose);
  };
  const listen = async (on: number): Promise<number> => {
    const listening = createServer(accept);
    listening.listen({ port: on, host, backlog: 511 });
    await once(listening, 'listening');
    server = listening;
    return (listening.address() as AddressInfo).port;
  };
  const hangUp = (): void => {
    server?.close();
    server = undefined;
    sockets.forEach((socket) => socket.destroy());
  };
  const lose = (): void => {
    if (server === undefined || isClosed) return;
    hangUp();
    cursors = new Cursors(Date.now);
    void returnWithEngine();
  };
  const returnWithEngine = async (): Promise<void> => {
    while (!isClosed && !(await engine.answers())) await pause();
    while (!isClosed && server === undefined) await listen(actualPort).catch(pause);
    if (isClosed) hangUp();
  };

  const actualPort = await listen(port);
  return {
    port: actualPort,
    close: async () => {
      isClosed = true;
      hangUp();
      await engine.close();
    },
  };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}
