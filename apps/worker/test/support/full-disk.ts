import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { deserialize, serialize } from 'bson';
import type { Command } from '../../../../tools/servers/mongo-front/command.js';
import { type Frame, FrameReader } from '../../../../tools/servers/mongo-front/frame-reader.js';
import { OP_MSG, readOpMsg, writeOpMsg } from '../../../../tools/servers/mongo-front/op-msg.js';

/** A way to a MongoDB on which every write is refused while the disk counts as full, in the words of a real one. */
export interface FullDisk {
  /** The URL of the database by this way. */
  readonly url: string;
  fill(): void;
  free(): void;
  close(): Promise<void>;
}

/** What writes one document at a time answers as a whole; the others name each operation that was refused. */
const wholes = ['findandmodify'];
const writes = ['insert', 'update', 'delete', ...wholes];
const refusal = { code: 14_031, errmsg: 'available disk space is below the required minimum' };

/** Opens the way to the database of `target`. */
export async function fullDisk(target: string): Promise<FullDisk> {
  const { hostname, port, pathname, search } = new URL(target);
  let isFull = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    const reader = new FrameReader();
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    far.pipe(near);
    near.on('data', (chunk: Buffer) => {
      for (const frame of reader.take(chunk)) {
        const refused = isFull ? refusalOf(frame) : undefined;
        if (refused === undefined) far.write(bytesOf(frame));
        else near.write(refused);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}${search}`,
    fill: () => (isFull = true),
    free: () => (isFull = false),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function refusalOf(frame: Frame): Buffer | undefined {
  if (frame.opCode !== OP_MSG) return undefined;
  const command = readOpMsg(frame.body);
  const name = command.name.toLowerCase();
  if (!writes.includes(name)) return undefined;
  const answer = wholes.includes(name)
    ? { ok: 0, codeName: 'OutOfDiskSpace', ...refusal }
    : { ok: 1, n: 0, nModified: 0, writeErrors: operationsOf(command).map((index) => ({ index, ...refusal })) };
  return writeOpMsg(frame.requestId, serialize(answer));
}

/** The place of each operation of a write. */
function operationsOf({ body, sequence }: Command): readonly number[] {
  if (sequence === null) {
    const { documents, updates, deletes } = deserialize(body) as Readonly<
      Record<string, readonly unknown[] | undefined>
    >;
    return [...(documents ?? updates ?? deletes ?? []).keys()];
  }
  const places: number[] = [];
  for (let at = 0; at < sequence.length; at += sequence.readInt32LE(at)) places.push(places.length);
  return places;
}

function bytesOf({ requestId, opCode, body }: Frame): Buffer {
  const header = Buffer.alloc(16);
  [16 + body.length, requestId, 0, opCode].forEach((value, index) => header.writeInt32LE(value, 4 * index));
  return Buffer.concat([header, body]);
}
