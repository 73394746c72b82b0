import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { freePort, isFree } from './free-port.js';

async function listen(port: number, host?: string): Promise<Server> {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  return server;
}

describe('freePort', () => {
  it('takes the preferred port when it is free', async () => {
    const port = await freePort(undefined, new Set());
    await expect(freePort(port, new Set())).resolves.toBe(port);
  });

  it.each(['127.0.0.1', '0.0.0.0', '::'])('steps over a port on which somebody listens at %s', async (host) => {
    const port = await freePort(undefined, new Set());
    const server = await listen(port, host);
    await expect(isFree(port)).resolves.toBe(false);
    await expect(freePort(port, new Set())).resolves.not.toBe(port);
    server.close();
    await once(server, 'close');
  });

  it('never gives a port that was given away already', async () => {
    const port = await freePort(undefined, new Set());
    await expect(freePort(port, new Set([port]))).resolves.not.toBe(port);
  });
});
