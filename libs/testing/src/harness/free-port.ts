import { createServer } from 'node:net';

/** Below the range from which Linux takes the ports of outgoing connections, above those of the local servers. */
const firstPort = 30_000;
const slices = 9;
const slicePorts = 300;

/** A slice for each worker of Jest, and one for whoever is none: a port is given out before anybody listens on it. */
const slice = Number(process.env['JEST_WORKER_ID'] ?? slices) % slices;

const given = new Set<number>();

/** A TCP port of 127.0.0.1 on which nobody listens, never the same twice in one process. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const port = firstPort + slice * slicePorts + Math.floor(Math.random() * slicePorts);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`no free port in slice ${slice} from ${firstPort}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
