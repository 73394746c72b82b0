import { Metrics } from '../metric/metrics.js';
import { Health } from './health.js';
import { type OperationsServer, startOperationsServer } from './operations-server.js';

describe('the server for operators', () => {
  const metrics = new Metrics('worker', { withNode: false });
  const health = new Health(metrics);
  const broker = health.addSwitch('RabbitMQ');
  let server: OperationsServer;
  const get = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${server.port}${path}`, { method });

  beforeAll(async () => {
    server = await startOperationsServer({ host: '127.0.0.1', port: 0 }, { health, metrics });
  });
  afterAll(() => server.close());

  it('is alive before it is ready, and says what it waits for', async () => {
    expect((await get('/health/live')).status).toBe(200);
    const answer = await get('/health/ready');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      status: 'unavailable',
      checks: [{ name: 'RabbitMQ', ok: false, reason: 'starting' }],
    });
  });

  it('follows the state that those who know keep', async () => {
    broker.up();
    expect(await (await get('/health/ready')).json()).toEqual({
      status: 'ok',
      checks: [{ name: 'RabbitMQ', ok: true }],
    });
    broker.down('connection lost');
    expect((await get('/health/ready')).status).toBe(503);
    expect(await (await get('/metrics')).text()).toContain('dependency_up{check="RabbitMQ"} 0');
  });

  it('answers nothing else', async () => {
    expect((await get('/')).status).toBe(404);
    expect((await get('/metrics', 'POST')).status).toBe(405);
  });

  it('says in words that its port is taken', async () => {
    await expect(startOperationsServer({ host: '127.0.0.1', port: server.port }, { health, metrics })).rejects.toThrow(
      `port ${server.port} on 127.0.0.1 cannot be opened`,
    );
  });
});
