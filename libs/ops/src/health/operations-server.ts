import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type ListenConfig } from '../config/slices/process-slices.js';
import { type Metrics } from '../metric/metrics.js';
import { type Health, type HealthReport } from './health.js';

/** The port on which orchestrators and Prometheus look in: `/health/live`, `/health/ready`, `/metrics`. */
export interface OperationsServer {
  /** The port that was taken, where 0 was asked for. */
  readonly port: number;
  close(): Promise<void>;
}

/** A handful of probes and one scraper call; more at once is a mistake of theirs that must not cost us memory. */
const limits = { connections: 64, requestMs: 5_000, headerBytes: 8 * 1_024, keepAliveMs: 5_000 } as const;

/**
 * Starts the server for operators. Answers 200, or 503 with the failing checks and their reasons.
 *
 * @throws {Error} in words, when the port is taken
 */
export async function startOperationsServer(
  listen: ListenConfig,
  parts: { readonly health: Health; readonly metrics: Metrics },
): Promise<OperationsServer> {
  const server = createServer(
    { maxHeaderSize: limits.headerBytes, requestTimeout: limits.requestMs, keepAliveTimeout: limits.keepAliveMs },
    (request, response) => {
      void answer(request.method ?? 'GET', request.url ?? '/', response, parts).catch(() => response.destroy());
    },
  );
  server.maxConnections = limits.connections;
  await listenOn(server, listen);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : listen.port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listenOn(server: Server, { host, port }: ListenConfig): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new Error(`port ${port} on ${host} cannot be opened for health and metrics: set another one`, { cause });
  }
}

async function answer(
  method: string,
  url: string,
  response: ServerResponse,
  { health, metrics }: { readonly health: Health; readonly metrics: Metrics },
): Promise<void> {
  if (method !== 'GET' && method !== 'HEAD') return sendJson(response, 405, { message: 'only GET is answered here' });
  switch (url.split('?')[0]) {
    case '/health/live':
      return sendReport(response, health.live());
    case '/health/ready':
      return sendReport(response, health.ready());
    case '/metrics': {
      health.ready();
      const { contentType, body } = await metrics.expose();
      response.writeHead(200, { 'content-type': contentType }).end(body);
      return;
    }
    default:
      return sendJson(response, 404, { message: 'try /health/live, /health/ready or /metrics' });
  }
}

function sendReport(response: ServerResponse, { ok, checks }: HealthReport): void {
  sendJson(response, ok ? 200 : 503, { status: ok ? 'ok' : 'unavailable', checks });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}
