import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { eventually, guardLeaks } from '@earlybird/testing';
import { axiosTransport, type TransportSettings } from './axios-transport.js';
import { type Transport, type TransportRequest } from './exchange.js';

const request: TransportRequest = { method: 'POST', path: '/send', headers: { 'x-attempt': '1' }, body: '{"a":"ü"}' };
const timeoutMs = 400;

describe('the transport', () => {
  const open: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  const transportTo = (baseUrl: string, settings: Partial<TransportSettings> = {}): Transport => {
    const transport = axiosTransport({ baseUrl, connectTimeoutMs: 200, timeoutMs, sockets: 8, ...settings });
    open.unshift(() => transport.close());
    return transport;
  };

  const listen = async (server: Server): Promise<string> => {
    const sockets = new Set<Socket>();
    server.on('connection', (socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const http = async (listener: RequestListener) => `http://${await listen(createHttpServer(listener))}`;
  const tcp = (onSocket: (socket: Socket) => void) =>
    listen(createServer((socket) => void onSocket(socket.on('error', () => undefined))));
  const answering = (text: string) => tcp((socket) => socket.once('data', () => socket.write(text)));

  it('carries method, path, headers and body, below the path of the base URL', async () => {
    const seen: string[] = [];
    const url = await http((incoming, response) => {
      incoming.on('data', (chunk: Buffer) => seen.push(chunk.toString()));
      incoming.on('end', () => {
        seen.push(`${incoming.method} ${incoming.url} ${incoming.headers['x-attempt'] as string}`);
        response.writeHead(201, { 'Retry-After': '2' }).end('{"id":"ä"}');
      });
    });
    expect(await transportTo(`${url}/base/`).exchange(request)).toMatchObject({
      kind: 'answered',
      status: 201,
      headers: { 'retry-after': '2' },
      text: '{"id":"ä"}',
      complete: true,
    });
    expect(seen).toEqual(['{"a":"ü"}', 'POST /base/send 1']);
  });

  it('keeps connections and never opens more than it may', async () => {
    let connections = 0;
    let peak = 0;
    let current = 0;
    const server = createHttpServer((_, response) => {
      peak = Math.max(peak, (current += 1));
      setTimeout(() => {
        current -= 1;
        response.end('{}');
      }, 5);
    }).on('connection', () => (connections += 1));
    const transport = transportTo(`http://${await listen(server)}`, { sockets: 4, timeoutMs: 5_000 });
    const exchanges = await Promise.all(Array.from({ length: 40 }, () => transport.exchange(request)));
    expect(new Set(exchanges.map(({ kind }) => kind))).toEqual(new Set(['answered']));
    expect({ connections, peak }).toEqual({ connections: 4, peak: 4 });
  });

  describe('sends nothing, and says so,', () => {
    it('when the connection is refused', async () => {
      const server = createServer();
      const address = await listen(server);
      await new Promise((resolve) => server.close(resolve));
      open.pop();
      expect(await transportTo(`http://${address}`).exchange(request)).toEqual({
        kind: 'unsent',
        reason: 'connection_refused',
      });
    });

    it('when the name cannot be resolved', async () => {
      const transport = transportTo('http://no-such-host.invalid', { timeoutMs: 10_000 });
      expect(await transport.exchange(request)).toEqual({ kind: 'unsent', reason: 'dns_failure' });
    });

    it('when the other side speaks no TLS', async () => {
      const address = await tcp((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
      expect(await transportTo(`https://${address}`).exchange(request)).toEqual({
        kind: 'unsent',
        reason: 'tls_failure',
      });
    });

    it('when the connection breaks while TLS is agreed on', async () => {
      const address = await tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
      expect(await transportTo(`https://${address}`).exchange(request)).toMatchObject({ kind: 'unsent' });
    });

    it('when TLS is not agreed on in time', async () => {
      const address = await tcp(() => undefined);
      const start = performance.now();
      expect(await transportTo(`https://${address}`).exchange(request)).toEqual({
        kind: 'unsent',
        reason: 'connect_timeout',
      });
      expect(performance.now() - start).toBeLessThan(timeoutMs + 300);
    });

    it('when a header cannot be written', async () => {
      const arrived: unknown[] = [];
      const url = await http((incoming, response) => void arrived.push(incoming.url, response.end()));
      const bad = { ...request, path: '/a b\r\nx: y' };
      expect(await transportTo(url).exchange(bad)).toEqual({ kind: 'unsent', reason: 'request_invalid' });
      expect(arrived).toEqual([]);
    });

    it('when its time is up before a connection is free, and does not send it later', async () => {
      const arrived: (string | undefined)[] = [];
      let release: () => void = () => undefined;
      const url = await http((incoming, response) => {
        arrived.push(incoming.url);
        release = () => response.end('{}');
      });
      const transport = transportTo(url, { sockets: 1 });
      const first = transport.exchange(request);
      await eventually(() => arrived.length === 1, { message: 'the first request is there' });
      await new Promise((resolve) => setTimeout(resolve, timeoutMs / 2));
      const second = transport.exchange({ ...request, path: '/second' });
      expect(await first).toEqual({ kind: 'unanswered', reason: 'answer_timeout' });
      const third = transport.exchange({ ...request, path: '/third' });
      await eventually(() => arrived.length === 2, { message: 'the second request is there' });
      release();
      expect(await second).toMatchObject({ kind: 'answered' });
      await eventually(() => arrived.length === 3, { message: 'the third request is there' });
      const fourth = transport.exchange({ ...request, path: '/fourth' });
      const fifth = transport.exchange({ ...request, path: '/fifth' });
      expect(await third).toMatchObject({ kind: 'unanswered' });
      expect(await Promise.all([fourth, fifth])).toContainEqual({ kind: 'unsent', reason: 'connect_timeout' });
      release();
      expect(arrived).not.toContain('/fifth');
    });
  });

  describe('does not know what became of it', () => {
    it.each([
      ['breaks the connection', (socket: Socket) => socket.resetAndDestroy(), 'connection_lost'],
      ['closes the connection', (socket: Socket) => socket.end(), 'connection_lost'],
      ['answers no HTTP', (socket: Socket) => socket.write('220 smtp.example.org ready\r\n'), 'answer_unreadable'],
      ['says nothing', () => undefined, 'answer_timeout'],
      [
        'says only that it may take a while',
        (socket: Socket) => socket.write('HTTP/1.1 102 Processing\r\n\r\n'),
        'answer_timeout',
      ],
      ['begins a head and stops', (socket: Socket) => socket.write('HTTP/1.1 200 O'), 'answer_timeout'],
    ])('when the other side has read it and %s', async (_, react, reason) => {
      const address = await tcp((socket) => socket.once('data', () => void react(socket)));
      expect(await transportTo(`http://${address}`).exchange(request)).toEqual({ kind: 'unanswered', reason });
    });

    it('when it is closed meanwhile', async () => {
      let arrived = false;
      const url = await http(() => (arrived = true));
      const transport = transportTo(url, { timeoutMs: 60_000 });
      const exchange = transport.exchange(request);
      await eventually(() => arrived, { message: 'the request is there' });
      await transport.close();
      expect(await exchange).toMatchObject({ kind: 'unanswered' });
    });
  });

  describe('keeps to its limits', () => {
    it('when the body comes byte by byte: what came is the answer', async () => {
      const address = await tcp((socket) =>
        socket.once('data', () => {
          socket.write('HTTP/1.1 400 Bad Request\r\ncontent-length: 1000\r\n\r\n');
          const timer = setInterval(() => socket.write('x'), 10);
          socket.once('close', () => clearInterval(timer));
        }),
      );
      const start = performance.now();
      const exchange = await transportTo(`http://${address}`).exchange(request);
      expect(performance.now() - start).toBeLessThan(timeoutMs + 300);
      expect(exchange).toMatchObject({ kind: 'answered', status: 400, complete: false });
      expect(exchange.kind === 'answered' && exchange.text.length).toBeGreaterThan(5);
    });

    it('when the body is huge: 64 KB are read, and the connection is closed', async () => {
      let written = 0;
      let closed = false;
      const url = await http((_, response) => {
        response.once('close', () => (closed = true));
        const piece = Buffer.alloc(65_536, 'x');
        const pour = () => {
          while (!response.destroyed && response.write(piece)) written += piece.length;
          response.once('drain', pour);
        };
        pour();
      });
      const exchange = await transportTo(url).exchange(request);
      expect(exchange).toMatchObject({ kind: 'answered', status: 200, complete: false });
      expect(exchange.kind === 'answered' && exchange.text).toHaveLength(65_536);
      await eventually(() => closed, { message: 'the connection is closed' });
      expect(written).toBeLessThan(20_000_000);
    });

    it('when the connection breaks in the middle of a body', async () => {
      const address = await tcp((socket) =>
        socket.once('data', () => socket.end('HTTP/1.1 500 Oops\r\ncontent-length: 100\r\n\r\n{"error":')),
      );
      expect(await transportTo(`http://${address}`).exchange(request)).toMatchObject({
        kind: 'answered',
        status: 500,
        text: '{"error":',
        complete: false,
      });
    });

    it('when the body has no declared end: it ends with the connection', async () => {
      const address = await tcp((socket) => socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\n\r\n{"id":"1"}')));
      expect(await transportTo(`http://${address}`).exchange(request)).toMatchObject({
        text: '{"id":"1"}',
        complete: true,
      });
    });

    it('when it is redirected: it does not follow', async () => {
      const visited: (string | undefined)[] = [];
      const url = await http((incoming, response) => {
        visited.push(incoming.url);
        response.writeHead(307, { location: '/elsewhere' }).end();
      });
      expect(await transportTo(url).exchange(request)).toMatchObject({ kind: 'answered', status: 307 });
      expect(visited).toEqual(['/send']);
    });

    it('after an answer before the answer', async () => {
      const address = await answering('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
      expect(await transportTo(`http://${address}`).exchange(request)).toMatchObject({ status: 200, text: '{}' });
    });
  });

  it('goes on after every kind of trouble', async () => {
    let calls = 0;
    const address = await tcp((socket) =>
      socket.on('data', () => {
        calls += 1;
        if (calls % 2 === 1) socket.resetAndDestroy();
        else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
      }),
    );
    const transport = transportTo(`http://${address}`, { sockets: 1 });
    const kinds: string[] = [];
    for (let sent = 0; sent < 6; sent += 1) kinds.push((await transport.exchange(request)).kind);
    expect(kinds).toEqual(['unanswered', 'answered', 'unanswered', 'answered', 'unanswered', 'answered']);
  });
});

guardLeaks();
