import { type CallApi } from './call-api.js';
import { parseRequest } from './parse-request.js';
import { runRequest } from './run-request.js';

const id = (start: string) => start.padEnd(64, '0');
const request = (...args: readonly string[]) => parseRequest(args, {});

describe('the arguments of npm run parked', () => {
  it('say what to do with which, where and as whom', () => {
    expect(request('list')).toEqual({
      action: 'list',
      ids: [],
      url: 'http://127.0.0.1:3000',
      token: undefined,
      settled: false,
    });
    expect(request('replay', 'abcdef', id('12'), '--url', 'https://api.test/', '--token', 't')).toMatchObject({
      action: 'replay',
      ids: ['abcdef', id('12')],
      url: 'https://api.test',
      token: 't',
    });
    expect(parseRequest(['list', '--settled'], { API_URL: 'http://api:1', API_TOKEN: 'e' })).toMatchObject({
      url: 'http://api:1',
      token: 'e',
      settled: true,
    });
  });

  it.each([
    [[], 'npm run parked -- list'],
    [['drop'], 'there is no "drop"'],
    [['show'], 'show takes an id'],
    [['show', 'abcdef', '123456'], 'show takes an id'],
    [['list', 'abcdef'], 'list takes no id'],
    [['replay', 'everything'], '"everything" is no id'],
    [['list', '--colour'], '--colour'],
  ])('are refused in words: %j', (args, message) => {
    expect(() => request(...args)).toThrow(message);
  });
});

describe('npm run parked', () => {
  const event = (start: string, parts: object = {}) => ({
    id: id(start),
    reason: 'invalid_data',
    detail: 'data.order_id: expected a string',
    publisher: 'svc-order',
    routing_key: 'order.created',
    parked_at: '2026-01-27T10:31:00.000Z',
    ...parts,
  });
  const settled = event('ccccccc', { settled: { by: 'asha', at: '2026-01-27T10:31:00.000Z', how: 'purged' } });

  function api() {
    const calls: (readonly [string, string, unknown])[] = [];
    const call: CallApi = async (method, path, body) => {
      calls.push([method, path, body]);
      if (path.includes('state=settled')) return { events: [settled] };
      if (path.includes('cursor=')) return { events: [event('aaaaaab')] };
      if (path.startsWith('/parked?')) return { events: [event('aaaaaaa')], next: 'more' };
      return { replayed: 1 };
    };
    return { calls, call };
  }

  it('lists all pages as a table', async () => {
    const lines = (await runRequest(request('list'), api().call)).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toBe(
      'aaaaaaa00000  2026-01-27 10:31:00  svc-order  order.created  invalid_data  data.order_id: expected a string',
    );
    expect(await runRequest(request('list', '--settled'), api().call)).toContain('invalid_data, purged by asha');
    expect(await runRequest(request('list'), async () => ({ events: [] }))).toBe('nothing is parked');
  });

  it('takes whole ids as they are, and completes beginnings', async () => {
    const { calls, call } = api();
    await runRequest(request('replay', id('12')), call);
    expect(calls).toEqual([['POST', '/parked/replay', { ids: [id('12')] }]]);
    await runRequest(request('purge', 'aaaaaab', 'cccccc'), call);
    expect(calls.at(-1)).toEqual(['POST', '/parked/purge', { ids: [id('aaaaaab'), id('ccccccc')] }]);
    await runRequest(request('show', 'aaaaaab'), call);
    expect(calls.at(-1)).toEqual(['GET', `/parked/${id('aaaaaab')}`, undefined]);
  });

  it('says when a beginning names none or several', async () => {
    await expect(runRequest(request('show', 'dddddd'), api().call)).rejects.toThrow('no parked event begins with');
    await expect(runRequest(request('show', 'aaaaaa'), api().call)).rejects.toThrow('several parked events begin');
  });
});
