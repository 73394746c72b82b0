import { type MongoClient } from 'mongodb';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long the driver may find no server before it is set up anew, and between two such tries. */
const REVIVE_AFTER_MS = 5_000;
const LOOK_EVERY_MS = 1_000;
/** A driver that hangs may hang in closing, too. */
const CLOSE_WITHIN_MS = 2_000;

/**
 * Sets the driver up anew again and again while it finds no server: on a busy machine its watch over the server can die
 * together with the socket, and then it would never notice that the server is back. Collections stay usable; calls meanwhile
 * fail as they do without a database.
 *
 * @returns what ends that
 */
export function reviveDatabase(client: MongoClient): () => void {
  let lostAt: number | undefined;
  client.on('topologyDescriptionChanged', ({ newDescription }) => {
    const isFound = [...newDescription.servers.values()].some(({ isWritable }) => isWritable);
    lostAt = isFound ? undefined : (lostAt ?? performance.now());
  });
  const timer = setInterval(() => {
    if (lostAt === undefined || performance.now() - lostAt < REVIVE_AFTER_MS) return;
    lostAt = performance.now();
    void revive(client);
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

async function revive(client: MongoClient): Promise<void> {
  await Promise.race([client.close(true).catch(() => undefined), sleep(CLOSE_WITHIN_MS)]);
  // It fails while the server is away; then the next look tries again.
  await client.connect().catch(() => undefined);
}
