import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { killConfined } from '../debian/confined-process.js';
import { postgresqlReady, postgresqlSocketFolder, spawnPostgresql } from '../debian/postgresql.js';
import { currentServers, ensureRoot } from '../debian/server-root.js';
import { type Instance } from '../instance.js';
import { type ProcessIdentity } from '../process-identity.js';
import { silentProgress } from '../../progress.js';
import { type Front, openFront } from './front.js';

/** Where the tests run on MongoDB itself, there is no front to lose. */
async function frontIsInUse(): Promise<boolean> {
  const url = process.env['MONGO_URL'];
  if (url === undefined) throw new Error('MONGO_URL is not set; run the tests with npm test');
  const connection = await mongoose.createConnection(url).asPromise();
  const { gitVersion } = (await connection.db?.admin().buildInfo()) ?? {};
  await connection.close();
  return String(gitVersion).includes('front');
}

const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()));

const inUse = await frontIsInUse();

if (!inUse) it('is not in use: the database is MongoDB itself', () => expect(inUse).toBe(false));
else
  describe('the front, when PostgreSQL is killed', () => {
    let instance: Instance;
    let root: string;
    let postgresql: ProcessIdentity;
    let front: Front;

    const startPostgresql = async (): Promise<void> => {
      postgresql = await spawnPostgresql(root, instance, 'test');
      await postgresqlReady(instance, postgresql);
    };

    beforeAll(async () => {
      root = await ensureRoot(currentServers, silentProgress);
      instance = { name: 'front-loss', folder: await mkdtemp(join(tmpdir(), 'earlybird-front-')) };
      await startPostgresql();
      front = await openFront(0, postgresqlSocketFolder(instance));
    });

    afterAll(async () => {
      await front.close();
      await killConfined(postgresql);
      await rm(instance.folder, { recursive: true });
    });

    it('hangs up instead of answering, loses nothing, and serves on the same port when it is back', async () => {
      const url = `mongodb://127.0.0.1:${front.port}/shop`;
      const connection = await mongoose.createConnection(url, { serverSelectionTimeoutMS: 15_000 }).asPromise();
      const orders = connection.collection('orders');
      await orders.insertOne({ n: 1 });
      const idle = connect(front.port, '127.0.0.1');
      await new Promise((resolve) => idle.once('connect', resolve));
      const hungUp = closed(idle);

      await killConfined(postgresql);
      const lost = orders.insertOne({ n: 2 });

      await expect(lost).rejects.toMatchObject({
        name: expect.stringMatching(/^Mongo(Network|ServerSelection)/) as string,
      });
      await hungUp;
      await startPostgresql();
      await expect(orders.findOne({ n: 1 })).resolves.toMatchObject({ n: 1 });
      await connection.close();
    });

    it('ends a connection that sends no message of the protocol, and serves the others', async () => {
      const noise = connect(front.port, '127.0.0.1');
      const hungUp = closed(noise);
      noise.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await hungUp;
      const connection = await mongoose.createConnection(`mongodb://127.0.0.1:${front.port}/shop`).asPromise();
      await expect(connection.db?.command({ ping: 1 })).resolves.toMatchObject({ ok: 1 });
      await connection.close();
    });
  });
