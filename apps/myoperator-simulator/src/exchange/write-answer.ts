import { type ServerResponse } from 'node:http';
import { type ProviderAnswer } from '../contract/provider-answer.js';
import { type MessageFault } from '../fault/fault.js';

/** Writes a whole answer at once. */
export function writeAnswer(response: ServerResponse, answer: ProviderAnswer): void {
  // A text leaves in one packet with its head; a buffer would be a second write.
  response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) });
  response.end(answer.body);
}

/** Writes the answer that a rule dictates: as it stands, made huge, or piece by piece. Ends early when the caller goes away. */
export async function writeDictatedAnswer(
  response: ServerResponse,
  { status, headers, body, pad_bytes, chunk_bytes, every_ms }: Extract<MessageFault, { fault: 'answer' }>,
): Promise<void> {
  response.writeHead(status, headers);
  for (const chunk of chunks(Buffer.from(body), pad_bytes, chunk_bytes)) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await drained(response);
    if (chunk_bytes !== undefined) await elapsed(response, every_ms);
  }
  response.end();
}

/** Padding is written in pieces of this size, so that a huge answer needs no huge memory here. */
const padPieceBytes = 65_536;

function* chunks(body: Buffer, padBytes: number, chunkBytes: number | undefined): Generator<Buffer> {
  const step = chunkBytes ?? Math.max(body.length, 1);
  for (let from = 0; from < body.length; from += step) yield body.subarray(from, from + step);
  const padStep = chunkBytes ?? padPieceBytes;
  for (let left = padBytes; left > 0; left -= padStep) yield Buffer.alloc(Math.min(left, padStep), ' ');
}

async function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.once('drain', done).once('close', done);
  });
}

/** Waits, but not longer than the caller does. */
export async function elapsed(response: ServerResponse, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      response.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    response.once('close', done);
  });
}
