import { guardLeaks } from '@earlybird/testing';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ManagementApi } from './management-api.js';

describe('the management API', () => {
  let answers: readonly number[] = [];
  let asked = 0;
  let server: Server;
  let api: ManagementApi;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      response
        .writeHead(answers[Math.min(asked, answers.length - 1)] ?? 200, { connection: 'close' })
        .end('{"ok":true}');
      asked += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    api = new ManagementApi(`http://admin:secret@127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  beforeEach(() => (asked = 0));
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('is asked again while it starts', async () => {
    answers = [500, 500, 200];
    expect(await api.get('/overview')).toEqual({ ok: true });
    expect(asked).toBe(3);
  });

  it('is not asked again when it refuses the password', async () => {
    answers = [401];
    await expect(api.get('/overview')).rejects.toThrow('refuses the user or password');
    expect(asked).toBe(1);
  });

  it('is told nothing twice', async () => {
    answers = [500];
    await expect(api.post('/definitions', {})).rejects.toMatchObject({ code: 'broker_unavailable' });
    expect(asked).toBe(1);
  });
});

guardLeaks();
