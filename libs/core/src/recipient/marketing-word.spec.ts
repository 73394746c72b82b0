import { marketingWishIn } from './marketing-word.js';

describe('an inbound text', () => {
  it.each(['STOP', 'stop', ' Stop\n', 'StopAll', 'unsubscribe', 'CANCEL', 'end', 'Quit', 'optout'])(
    '%j opts out',
    (text) => {
      expect(marketingWishIn(text)).toEqual({ granted: false });
    },
  );

  it.each(['START', ' start '])('%j opts in', (text) => {
    expect(marketingWishIn(text)).toEqual({ granted: true });
  });

  it.each(['', 'STOP please', 'do not stop', 'STOP.', 'started', 'yes', 'स्टॉप'])(
    '%j says nothing about marketing',
    (text) => {
      expect(marketingWishIn(text)).toBeUndefined();
    },
  );
});
