import { createServer } from 'node:net';

/**
 * Below the range that systems use for outgoing connections (from 32768 on Linux), so that a port found free here is not taken by a
 * client socket before the server binds it.
 */
const FIRST_PORT = 21_000;
const LAST_PORT = 29_999;

/** The first free TCP port of 127.0.0.1: `preferred` if it is free, else one of our range. Never one of `taken`. */
export async function freePort(preferred: number | undefined, taken: ReadonlySet<number>): Promise<number> {
  if (preferred !== undefined && !taken.has(preferred) && (await isFree(preferred))) return preferred;
  const offset = Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
  for (let step = 0; step <= LAST_PORT - FIRST_PORT; step += 1) {
    const port = FIRST_PORT + ((offset + step) % (LAST_PORT - FIRST_PORT + 1));
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`no free TCP port between ${FIRST_PORT} and ${LAST_PORT}`);
}

/** Whether nobody listens there, on the loopback address or on all addresses. */
export async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '0.0.0.0'));
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
