/** MongoDB's own limit for one wire message, and what our `hello` announces. */
export const LARGEST_MESSAGE_BYTES = 48_000_000;

const HEADER_BYTES = 16;

/** One message of the wire protocol. */
export interface Frame {
  readonly requestId: number;
  readonly opCode: number;
  /** Everything behind the header. */
  readonly body: Buffer;
}

/**
 * Cuts a byte stream into messages: little-endian int32 length (header included), request id, response id, op code.
 * @throws RangeError on a length that no message can have; the connection is lost then, for the next boundary is unknown.
 */
export class FrameReader {
  private chunks: Buffer[] = [];
  private bufferedBytes = 0;

  /** The messages that `chunk` completes, in order. */
  take(chunk: Buffer): readonly Frame[] {
    this.chunks.push(chunk);
    this.bufferedBytes += chunk.length;
    const frames: Frame[] = [];
    for (let frame = this.next(); frame !== undefined; frame = this.next()) frames.push(frame);
    return frames;
  }

  private next(): Frame | undefined {
    if (this.bufferedBytes < HEADER_BYTES) return undefined;
    const length = this.peekLength();
    if (length < HEADER_BYTES || length > LARGEST_MESSAGE_BYTES) throw new RangeError(`message of ${length} bytes`);
    if (this.bufferedBytes < length) return undefined;
    const buffered = this.joined();
    this.chunks = buffered.length > length ? [buffered.subarray(length)] : [];
    this.bufferedBytes -= length;
    return {
      requestId: buffered.readInt32LE(4),
      opCode: buffered.readInt32LE(12),
      body: buffered.subarray(HEADER_BYTES, length),
    };
  }

  /** A large message comes in hundreds of chunks: they are joined once it is whole, not once per chunk. */
  private peekLength(): number {
    const [first] = this.chunks;
    return first !== undefined && first.length >= 4 ? first.readInt32LE(0) : this.joined().readInt32LE(0);
  }

  private joined(): Buffer {
    const [first] = this.chunks;
    if (first === undefined || this.chunks.length === 1) return first ?? Buffer.alloc(0);
    const joined = Buffer.concat(this.chunks, this.bufferedBytes);
    this.chunks = [joined];
    return joined;
  }
}
