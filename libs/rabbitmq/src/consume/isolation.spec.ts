import { Isolation } from './isolation.js';

describe('isolation', () => {
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  let isolation: Isolation;
  const work = (name: string) => () =>
    new Promise<void>((resolve) => {
      log.push(`${name} begins`);
      ends.set(name, () => {
        log.push(`${name} ends`);
        resolve();
      });
    });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (name: string) => {
    ends.get(name)?.();
    await settle();
  };

  beforeEach(() => {
    log.length = 0;
    ends.clear();
    isolation = new Isolation();
  });

  it('lets the unsuspicious run together', async () => {
    void isolation.beside(work('a'));
    void isolation.beside(work('b'));
    await settle();
    expect(log).toEqual(['a begins', 'b begins']);
  });

  it('lets a suspect begin when nothing else runs, and nothing beside it', async () => {
    void isolation.beside(work('a'));
    void isolation.beside(work('b'));
    void isolation.alone(work('suspect'));
    void isolation.beside(work('c'));
    await end('a');
    expect(log).toEqual(['a begins', 'b begins', 'a ends']);
    await end('b');
    expect(log.slice(3)).toEqual(['b ends', 'suspect begins']);
    await end('suspect');
    expect(log.slice(5)).toEqual(['suspect ends', 'c begins']);
  });

  it('lets suspects run one after the other', async () => {
    void isolation.alone(work('first'));
    void isolation.alone(work('second'));
    await settle();
    expect(log).toEqual(['first begins']);
    await end('first');
    expect(log).toEqual(['first begins', 'first ends', 'second begins']);
  });

  it('passes on what the work comes to, and goes on after a failure', async () => {
    await expect(isolation.alone(() => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
    await expect(isolation.beside(() => Promise.resolve(5))).resolves.toBe(5);
    await expect(isolation.alone(() => Promise.resolve(6))).resolves.toBe(6);
  });
});
