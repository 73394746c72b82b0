import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';

/**
 * A way to a server that tests can break: closed it refuses connections, stalled it keeps them and passes nothing back, cut it
 * breaks what is connected once. The server behind it notices nothing else.
 */
export class Road {
  private readonly pairs = new Set<{ readonly near: Socket; readonly far: Socket }>();
  private server: Server | undefined;
  private port = 0;
  private stalled = false;

  private constructor(private readonly target: URL) {}

  /** Opens a road to the server of `url` (amqp, mongodb or http). */
  static async to(url: string): Promise<Road> {
    const road = new Road(new URL(url));
    await road.open();
    return road;
  }

  /** The URL of the server by this road. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  /** Lets connections through, on the same port as before, and what was stalled too. */
  async open(): Promise<void> {
    // A second pipe would carry everything twice.
    if (this.stalled) for (const { near, far } of this.pairs) far.pipe(near);
    this.stalled = false;
    if (this.server !== undefined) return;
    const server = createServer((near) => this.join(near));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Holds back every answer, also on connections to come. */
  stall(): void {
    this.stalled = true;
    for (const { near, far } of this.pairs) far.unpipe(near);
  }

  /** Breaks what is connected; a new connection gets through. */
  cut(): void {
    for (const { near, far } of this.pairs) [near, far].forEach((socket) => socket.destroy());
  }

  /** Breaks what is connected and refuses what comes. */
  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    const closed = server === undefined ? undefined : new Promise<void>((resolve) => server.close(() => resolve()));
    this.cut();
    await closed;
  }

  private join(near: Socket): void {
    const far = connect(Number(this.target.port), this.target.hostname);
    const pair = { near, far };
    this.pairs.add(pair);
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.pairs.delete(pair);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    if (!this.stalled) far.pipe(near);
  }
}
