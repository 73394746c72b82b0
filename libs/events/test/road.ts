import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to the broker that can be closed (refuses), stalled (keeps the connection, passes nothing back) and cut. */
export class Road {
  readonly #sockets = new Set<Socket>();
  readonly #pairs: { readonly near: Socket; readonly far: Socket }[] = [];
  #server: Server | undefined;
  #port = 0;

  private constructor(private readonly target: URL) {}

  static async open(url: string): Promise<Road> {
    const road = new Road(new URL(url));
    await road.unblock();
    return road;
  }

  /** The URL of the broker by this way. */
  get url(): string {
    const url = new URL(this.target);
    url.port = String(this.#port);
    return url.href;
  }

  /** Lets connections through, on the same port as before. */
  async unblock(): Promise<void> {
    const server = createServer((near) => {
      const far = connect(Number(this.target.port), this.target.hostname);
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => [near, far].forEach((each) => each.destroy()));
        socket.setNoDelay(true);
      }
      near.pipe(far);
      far.pipe(near);
      this.#pairs.push({ near, far });
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Answers of the broker are held back. */
  stall(): void {
    for (const { near, far } of this.#pairs) far.unpipe(near);
  }

  unstall(): void {
    for (const { near, far } of this.#pairs) far.pipe(near);
  }

  /** Breaks what is connected; a new connection gets through. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  /** Breaks what is connected and refuses what comes. */
  async block(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.cut();
    if (server !== undefined) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  close(): Promise<void> {
    return this.block();
  }
}
