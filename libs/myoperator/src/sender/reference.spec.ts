import { readReference, writeReference } from './reference.js';

describe('the reference of an attempt', () => {
  it('is read as it was written', () => {
    const reference = { notificationId: 'msg_0mb3k2x9p4f7abc', attempt: 12 };
    expect(readReference(writeReference(reference))).toEqual(reference);
  });

  it.each(['', 'msg_1', 'msg_1:', 'msg_1:0', 'msg_1:-1', 'msg_1:1.5', 'a:b:1', ':1', 'msg 1:1', 7, null, undefined])(
    '%j is somebody else’s',
    (text) => {
      expect(readReference(text)).toBeUndefined();
    },
  );
});
