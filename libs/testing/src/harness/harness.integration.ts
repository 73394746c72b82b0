import { connect } from 'amqplib';
import { MongoClient } from 'mongodb';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect as connectTcp, createServer as createTcpServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';
import { givenServer } from './given-server.js';
import { answersWith200 } from './http-answer.js';
import { guardLeaks, openResources } from './leak-guard.js';
import { Road } from './road.js';
import { startApp } from './running-app.js';
import { makeDatabase } from './test-database.js';
import { makeVhost } from './test-vhost.js';

describe('a virtual host of the harness', () => {
  it('is empty, usable and gone afterwards', async () => {
    const vhost = await makeVhost();
    const connection = await connect(vhost.url);
    const channel = await connection.createChannel();
    await channel.assertQueue('q', { durable: true });
    expect(await vhost.manage('GET', 'queues/{vhost}?disable_stats=true')).toMatchObject([{ name: 'q' }]);
    await connection.close();
    await vhost.remove();
    await expect(connect(vhost.url)).rejects.toThrow();
  });

  it('breaks its connections from the broker’s side', async () => {
    const vhost = await makeVhost();
    const connection = await connect(vhost.url);
    connection.on('error', () => undefined);
    const closed = new Promise((resolve) => connection.once('close', resolve));
    await eventually(async () => (await vhost.closeConnections()) > 0, { message: 'the broker lists the connection' });
    await closed;
    await vhost.remove();
  });
});

describe('a database of the harness', () => {
  it('is empty and gone afterwards', async () => {
    const database = makeDatabase();
    const client = new MongoClient(database.url);
    const things = client.db().collection<{ _id: string }>('things');
    expect(await things.countDocuments()).toBe(0);
    await things.insertOne({ _id: 'a' });
    await database.drop();
    expect(await things.countDocuments()).toBe(0);
    expect(client.db().databaseName).toBe(database.name);
    await client.close();
  });
});

describe('a road', () => {
  it('breaks and mends the way to a server', async () => {
    const server = createServer((_request, response) => response.end('yes'));
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const road = await Road.to(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const { url } = road;
    expect(await answersWith200(url)).toBe(true);
    await road.close();
    expect(await answersWith200(url)).toBe(false);
    await road.open();
    expect(await answersWith200(url)).toBe(true);
    road.stall();
    const unanswered = await Promise.race([answersWith200(url), wait(100, 'nothing', { ref: false })]);
    expect(unanswered).toBe('nothing');
    road.cut();
    await road.open();
    expect(await answersWith200(url)).toBe(true);
    await road.close();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('a road that is opened while it is open', () => {
  it('still carries everything once', async () => {
    const server = createTcpServer((socket) => {
      socket.on('data', (bytes) => (bytes.toString() === 'first' ? socket.write(bytes) : socket.end(bytes)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const road = await Road.to(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const socket = connectTcp(Number(new URL(road.url).port), '127.0.0.1');
    let heard = '';
    socket.on('data', (bytes) => (heard += bytes.toString()));
    socket.write('first');
    await eventually(() => heard === 'first', { message: 'the road is in use' });
    await road.open();
    socket.write(' last');
    await once(socket, 'end');
    expect(heard).toBe('first last');
    await road.close();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('eventually', () => {
  it('answers with what came true', async () => {
    let asked = 0;
    expect(await eventually(() => (asked += 1) === 3 && 'yes', { message: 'asked three times' })).toBe('yes');
  });

  it('says what did not come true, how long it waited and the last error', async () => {
    const never = () => Promise.reject(new Error('still 2'));
    await expect(eventually(never, { withinMs: 30, message: 'it is 3' })).rejects.toThrow(
      'not within 30 ms: it is 3 (still 2)',
    );
  });
});

describe('a missing server', () => {
  it('fails with the command that starts it', () => {
    const { MONGO_URL: url } = process.env;
    delete process.env['MONGO_URL'];
    try {
      expect(() => givenServer('MONGO_URL')).toThrow('MONGO_URL is not set. Run `npm test`');
    } finally {
      process.env['MONGO_URL'] = url;
    }
  });
});

describe('an app that was not built', () => {
  it('fails with the command that builds it', async () => {
    await expect(startApp({ app: 'nobody', env: {} })).rejects.toThrow('Run `npm run build`');
  });
});

describe('the leak guard', () => {
  it('sees a listener that is open', async () => {
    const before = openResources();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const during = openResources();
    expect((during.get('TCPServerWrap') ?? 0) - (before.get('TCPServerWrap') ?? 0)).toBe(1);
    await new Promise((resolve) => server.close(resolve));
  });
});

guardLeaks();
