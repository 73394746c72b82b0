import type { ConsumeMessage } from 'amqplib';
import { Admission } from './admission.js';
import type { ConsumingChannel } from './consuming-channel.js';

interface Fake {
  readonly name: string;
  readonly isSuspect: boolean;
}

describe('admission', () => {
  let admission: Admission;
  let begun: string[];
  let givenBack: string[];
  let changes: number;
  const ends = new Map<string, () => void>();

  // A message stands for itself here; only admission's own questions are asked of it.
  const messageOf = (fake: Fake) => fake as unknown as ConsumeMessage;
  const fakeOf = (message: ConsumeMessage) => message as unknown as Fake;
  const channel = {
    giveBack: (message: ConsumeMessage) => givenBack.push(fakeOf(message).name),
  } as unknown as ConsumingChannel;
  const arrive = (name: string, isSuspect = false) => admission.admit(messageOf({ name, isSuspect }), channel);
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const prefetches = () => [0, 1, 2].map((index) => admission.prefetchOf(index, 32));

  beforeEach(() => {
    begun = [];
    givenBack = [];
    changes = 0;
    ends.clear();
    admission = new Admission({
      limit: 3,
      isSuspect: (message) => fakeOf(message).isSuspect,
      workOff: (message, _, alone) => {
        const { name } = fakeOf(message);
        begun.push(alone ? `${name} alone` : name);
        return new Promise((resolve) => ends.set(name, resolve));
      },
      changed: () => (changes += 1),
    });
  });

  it('begins with one at a time, and widens with the first that is not suspect', () => {
    expect(prefetches()).toEqual([1, 0, 0]);
    arrive('a');
    expect(prefetches()).toEqual([32, 32, 32]);
    expect([begun, changes]).toEqual([['a'], 1]);
  });

  it('works a suspect off alone and stays narrow', async () => {
    arrive('suspect', true);
    expect(begun).toEqual(['suspect alone']);
    await end('suspect');
    expect(prefetches()).toEqual([1, 0, 0]);
  });

  it('empties its hands when a suspect comes, gives it back, and takes it again alone', async () => {
    ['a', 'b'].forEach((name) => arrive(name));
    arrive('suspect', true);
    arrive('another', true);
    expect([prefetches(), begun]).toEqual([
      [0, 0, 0],
      ['a', 'b'],
    ]);
    await end('a');
    expect(givenBack).toEqual([]);
    await end('b');
    expect([givenBack, prefetches()]).toEqual([
      ['suspect', 'another'],
      [1, 0, 0],
    ]);
    arrive('suspect', true);
    expect(begun.at(-1)).toBe('suspect alone');
  });

  it('takes a suspect back to narrow at once when nothing is in hand', async () => {
    arrive('a');
    await end('a');
    arrive('suspect', true);
    expect([givenBack, prefetches()]).toEqual([['suspect'], [1, 0, 0]]);
  });

  it('works off no more at a time than it may', async () => {
    ['a', 'b', 'c', 'd', 'e'].forEach((name) => arrive(name));
    expect([begun, admission.running]).toEqual([['a', 'b', 'c'], 3]);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('begins nothing after it was closed, and tells when nothing runs any more', async () => {
    ['a', 'b', 'c', 'd'].forEach((name) => arrive(name));
    admission.close();
    arrive('e');
    let isIdle = false;
    void admission.whenIdle().then(() => (isIdle = true));
    for (const name of ['a', 'b', 'c']) {
      expect(isIdle).toBe(false);
      await end(name);
    }
    expect(isIdle).toBe(true);
    expect(begun).toEqual(['a', 'b', 'c']);
    await admission.whenIdle();
  });
});
