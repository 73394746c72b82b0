import { createServer as createHttpServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Server as TcpServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Real platforms keep idle connections for about a minute; a caller must cope with their end, but not all the time. */
const keepAliveMs = 60_000;

/** A connection that was used this lately may carry its next request already; it is let go by the answer to that one. */
const stillInUseMs = 50;

/** Another program may have taken the port while it was closed, or the kernel may need a moment. */
const reopenWithinMs = 5_000;

/**
 * The provider's TCP port, which can really refuse connections. The listening socket is apart from the HTTP server, so that
 * closing it touches no connection by itself.
 */
export class ProviderPort {
  private readonly http: Server;
  private readonly connections = new Map<Socket, { lastUsed: number; response: ServerResponse | undefined }>();
  private listener: TcpServer | undefined;
  private port: number;

  constructor(
    handle: RequestListener,
    private readonly host: string,
    port: number,
  ) {
    this.port = port;
    this.http = createHttpServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
      this.noteUse(request.socket, response);
      handle(request, response);
    });
  }

  /** The port it listens on, or will listen on again. */
  get address(): string {
    return `http://${this.host}:${this.port}`;
  }

  get isOpen(): boolean {
    return this.listener !== undefined;
  }

  /** Listens; after a close on the same port as before. Throws when another program keeps the port. */
  async open(): Promise<void> {
    const giveUpAt = Date.now() + reopenWithinMs;
    while (this.listener === undefined) {
      try {
        this.listener = await this.listen();
      } catch (error) {
        if (Date.now() > giveUpAt) throw error;
        await sleep(100);
      }
    }
  }

  /**
   * Refuses connections from now on. With `cut`, every connection breaks at once. Without, calls in flight are answered and idle
   * connections are let go; resolves when no idle one is left, so that no later call gets through. A caller that writes on an idle
   * connection at the very moment in which it is let go meets a reset, as with any server; that call has not been taken.
   */
  async close(cut: boolean): Promise<void> {
    this.listener?.close();
    this.listener = undefined;
    if (cut) for (const socket of this.connections.keys()) socket.destroy();
    while (this.letGo() > 0) await sleep(stillInUseMs / 5);
  }

  private async listen(): Promise<TcpServer> {
    const listener = createServer({ noDelay: true }, (socket) => this.accept(socket));
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen({ host: this.host, port: this.port, backlog: 1_024 }, resolve);
    });
    this.port = (listener.address() as AddressInfo).port;
    return listener;
  }

  private accept(socket: Socket): void {
    this.connections.set(socket, { lastUsed: Date.now(), response: undefined });
    socket.once('close', () => this.connections.delete(socket));
    this.http.emit('connection', socket);
  }

  private noteUse(socket: Socket, response: ServerResponse): void {
    const connection = this.connections.get(socket);
    if (connection === undefined) return;
    connection.response = response;
    if (this.listener === undefined) response.shouldKeepAlive = false;
    response.once('close', () => {
      connection.lastUsed = Date.now();
      connection.response = undefined;
    });
  }

  /** Lets idle connections go, and tells how many are left that are neither gone nor in a call. */
  private letGo(): number {
    let left = 0;
    for (const [socket, { lastUsed, response }] of this.connections) {
      if (response !== undefined) {
        response.shouldKeepAlive = false;
        continue;
      }
      left += 1;
      if (Date.now() - lastUsed > stillInUseMs) socket.destroySoon();
    }
    return left;
  }
}
