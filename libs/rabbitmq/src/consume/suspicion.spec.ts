import { Suspicion } from './suspicion.js';

describe('suspicion', () => {
  it.each([
    [0, false],
    [2, false],
    [3, true],
    [19, true],
  ])('an envelope that came back %i times is suspect: %s', (deliveryCount, suspect) => {
    expect(new Suspicion().isSuspect({ deliveryCount, messageId: 'a' })).toBe(suspect);
  });

  it('ends for an envelope whose failure we caught', () => {
    const suspicion = new Suspicion();
    suspicion.acquit({ messageId: 'a' });
    expect(suspicion.isSuspect({ deliveryCount: 5, messageId: 'a' })).toBe(false);
    expect(suspicion.isSuspect({ deliveryCount: 5, messageId: 'b' })).toBe(true);
  });

  it('does not end for one that cannot be told from others', () => {
    const suspicion = new Suspicion();
    suspicion.acquit({});
    expect(suspicion.isSuspect({ deliveryCount: 5 })).toBe(true);
  });

  it('forgets the oldest of very many', () => {
    const suspicion = new Suspicion();
    for (let n = 0; n <= 1_000; n += 1) suspicion.acquit({ messageId: String(n) });
    expect(suspicion.isSuspect({ deliveryCount: 5, messageId: '0' })).toBe(true);
    expect(suspicion.isSuspect({ deliveryCount: 5, messageId: '1' })).toBe(false);
  });
});
