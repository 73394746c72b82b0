import fc from 'fast-check';
import { FrameReader, LARGEST_MESSAGE_BYTES } from './frame-reader.js';

function message(requestId: number, body: Uint8Array): Buffer {
  const bytes = Buffer.alloc(16 + body.length);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(requestId, 4);
  bytes.writeInt32LE(2013, 12);
  bytes.set(body, 16);
  return bytes;
}

const ofLength = (length: number): Buffer => {
  const header = Buffer.alloc(16);
  header.writeInt32LE(length, 0);
  return header;
};

describe('FrameReader', () => {
  it('finds the same messages however the stream is cut', () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 6 });
    const cuts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(bodies, cuts, (sent, sizes) => {
        const stream = Buffer.concat(sent.map((body, index) => message(index, body)));
        const reader = new FrameReader();
        const frames = [];
        for (let at = 0, turn = 0; at < stream.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          frames.push(...reader.take(stream.subarray(at, at + size)));
          at += size;
        }
        expect(frames.map(({ requestId, body }) => [requestId, [...body]])).toEqual(
          sent.map((body, index) => [index, [...body]]),
        );
      }),
    );
  });

  it.each([0, 15, -1, LARGEST_MESSAGE_BYTES + 1])('refuses a message of %d bytes', (length) => {
    expect(() => new FrameReader().take(ofLength(length))).toThrow(RangeError);
  });

  it('waits for the rest of the largest message', () => {
    expect(new FrameReader().take(ofLength(LARGEST_MESSAGE_BYTES))).toEqual([]);
  });
});
