import { oneAtATime } from './one-at-a-time.js';

describe('oneAtATime', () => {
  it('runs pieces of work in order, never two at once', async () => {
    const order: string[] = [];
    const run = oneAtATime();
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} ends`);
      return name;
    };

    await expect(Promise.all([run(work('a')), run(work('b'))])).resolves.toEqual(['a', 'b']);

    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('goes on after a failure, which only its own caller hears of', async () => {
    const run = oneAtATime();
    const failing = run(() => Promise.reject(new Error('broken')));
    await expect(run(async () => 'next')).resolves.toBe('next');
    await expect(failing).rejects.toThrow('broken');
  });
});
