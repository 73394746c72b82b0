import { type IncomingMessage } from 'node:http';

/** A body of a call, as far as it came. */
export type BodyReading =
  | { readonly kind: 'json'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'unreadable'; readonly problem: string }
  | { readonly kind: 'gone' };

/** Sixteen times the longest text that WhatsApp takes. */
const largestBytes = 65_536;

/** Reads a JSON object. `gone` means that the caller went away before the body was whole: nothing has arrived then. */
export async function readJsonBody(request: IncomingMessage): Promise<BodyReading> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestBytes) chunks.push(chunk);
    });
    request.on('end', () =>
      resolve(size > largestBytes ? { kind: 'unreadable', problem: 'body too large' } : parse(Buffer.concat(chunks))),
    );
    request.on('close', () => resolve({ kind: 'gone' }));
    request.on('error', () => resolve({ kind: 'gone' }));
  });
}

function parse(bytes: Buffer): BodyReading {
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'));
    if (isObject(body)) return { kind: 'json', body };
    return { kind: 'unreadable', problem: 'body must be a JSON object' };
  } catch {
    return { kind: 'unreadable', problem: 'body is not JSON' };
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
