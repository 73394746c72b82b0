import { curl, screen } from './screen.js';

const facts = {
  servers: 'RabbitMQ 4 and MongoDB 8 in Docker containers',
  apiUrl: 'http://127.0.0.1:3000',
  storefrontUrl: 'http://127.0.0.1:3100',
  simulatorUrl: 'http://127.0.0.1:3200',
  workerUrl: 'http://127.0.0.1:3001',
  managementUrl: 'http://127.0.0.1:15672',
  logFolder: '/logs',
};

describe('curl', () => {
  it('names the method where curl would take another one', () => {
    const call = { path: '/x', about: '', body: {} };
    expect(curl('http://h', { ...call, method: 'PUT' })).toContain('-X PUT http://h/x');
    expect(curl('http://h', { ...call, method: 'POST' })).not.toContain('-X');
  });
});

describe('screen', () => {
  it('tells every address, every call and how to read the history', () => {
    const text = screen(facts, [{ method: 'POST', path: '/api/orders', about: 'An order', body: { a: 1 } }], 'TOKEN');
    const { logFolder, servers, ...addresses } = facts;
    for (const told of [...Object.values(addresses), logFolder, servers, '/api/orders', 'Bearer TOKEN', 'Ctrl-C']) {
      expect(text).toContain(told);
    }
  });

  it('says so plainly when messages go to real customers', () => {
    expect(screen({ ...facts, realProvider: 'REAL MESSAGES' }, [], undefined)).not.toContain('nobody gets');
  });
});
