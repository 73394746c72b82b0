import { Interruption, Killed } from './interruption.js';

/** A port that counts what was done to it. */
function aPort() {
  const done: string[] = [];
  return { done, port: { step: async (name: string) => done.push(name) } };
}

describe('an interruption', () => {
  it('kills before a call has an effect, and everything after it', async () => {
    const { done, port } = aPort();
    const interrupted = new Interruption(2, 'before').around(port);
    await interrupted.step('one');
    await expect(interrupted.step('two')).rejects.toThrow(Killed);
    await expect(interrupted.step('three')).rejects.toThrow(Killed);
    expect(done).toEqual(['one']);
  });

  it('kills after a call had its effect, and everything after it', async () => {
    const { done, port } = aPort();
    const interrupted = new Interruption(2, 'after').around(port);
    await interrupted.step('one');
    await expect(interrupted.step('two')).rejects.toThrow(Killed);
    await expect(interrupted.step('three')).rejects.toThrow(Killed);
    expect(done).toEqual(['one', 'two']);
  });

  it('disturbs one call only when that has an error of its own', async () => {
    const error = new Error('away');
    const { done, port } = aPort();
    const interrupted = new Interruption(1, 'after', error).around(port);
    await expect(interrupted.step('one')).rejects.toBe(error);
    await interrupted.step('two');
    expect(done).toEqual(['one', 'two']);
  });

  it('counts calls over all ports that it stands around', async () => {
    const [left, right] = [aPort(), aPort()];
    const interruption = new Interruption(2, 'before');
    await interruption.around(left.port).step('one');
    expect(interruption.happened).toBe(false);
    await expect(interruption.around(right.port).step('two')).rejects.toThrow('call 2');
    expect(interruption.happened).toBe(true);
  });
});
