import { eventually } from '@earlybird/testing';
import { simulate, type SimulatorClient } from './support/simulator-client.js';

const priya = '+919876543210';

describe('the page', () => {
  let simulator: SimulatorClient;

  beforeAll(async () => {
    simulator = await simulate({ SIMULATOR_MESSAGES_KEPT: '50', SIMULATOR_RECEIPT_DELAYS_MS: 'none' });
  });
  afterAll(() => simulator.stop());

  it.each([
    ['/', 'text/html'],
    ['/page.css', 'text/css'],
    ['/page.js', 'text/javascript'],
  ])('serves %s on both ports, forbids foreign code, and names no other host', async (path, type) => {
    for (const answer of [await simulator.call(path, 'GET', {}), await simulator.admin('GET', path)]) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain(type);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
      expect(answer.text).not.toMatch(/https?:\/\//);
      expect(answer.text).not.toContain('innerHTML');
    }
  });

  it('is told of a message that came and of each change, a few times a second', async () => {
    const live = await watch(simulator);
    await simulator.whatsapp(priya, 'Namaste');
    const [message] = await simulator.messages();
    await eventually(() => live.text().includes('Namaste'), { message: 'it says Namaste' });
    await simulator.admin('POST', `/messages/${message?.id}/receipts`, { status: 'read' });
    const change = await eventually(() => live.changes().find(({ messages }) => messages[0]?.status === 'read'), {
      message: 'the page is told that it was read',
    });
    expect(change).toMatchObject({ more: false, messages: [{ id: message?.id }] });
    live.close();
  });

  it('is told to read its lists anew when all messages are deleted', async () => {
    const live = await watch(simulator);
    await simulator.admin('DELETE', '/messages');
    const change = await eventually(() => live.changes().find(({ more }) => more), {
      message: 'a change names not everything',
    });
    expect(change.messages).toEqual([]);
    live.close();
  });

  it('lists the newest conversations, and forgets messages beyond the configured number', async () => {
    await simulator.admin('DELETE', '/messages');
    for (let sent = 0; sent < 60; sent += 1)
      await simulator.whatsapp(`+91987654${String(1_000 + (sent % 30))}`, `no ${sent}`);
    expect((await simulator.admin('GET', '/messages?limit=1000')).body).toMatchObject({ total: 60, kept: 50 });
    const { chats } = (await simulator.admin('GET', '/chats?limit=2')).body as { chats: unknown[] };
    expect(chats).toMatchObject([
      { phone: '+919876541029', messages: 2, last: { text: 'no 59' } },
      { phone: '+919876541028', messages: 2, last: { text: 'no 58' } },
    ]);
  });
});

interface Change {
  readonly more: boolean;
  readonly messages: readonly { readonly id: string; readonly status: string }[];
}

/** Reads the stream of server-sent events. */
async function watch(simulator: SimulatorClient) {
  const caller = new AbortController();
  const answer = await fetch(`${simulator.adminUrl}/live`, { signal: caller.signal });
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  void (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) text += decoder.decode(chunk as Uint8Array, { stream: true });
  })().catch(() => undefined);
  await eventually(() => text.includes('retry'), { message: 'it says retry' });
  return {
    text: () => text,
    changes: () => [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? '{}') as Change),
    close: () => caller.abort(),
  };
}
