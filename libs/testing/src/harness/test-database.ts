import { randomUUID } from 'node:crypto';
import { givenServer } from './given-server.js';

/** A database of its own on the test server. */
export interface TestDatabase {
  readonly name: string;
  /** The server's URL with this database's name. */
  readonly url: string;
  /** Deletes it with everything in it. */
  drop(): Promise<void>;
}

/** Names a database for one test file, on the given server or the one of MONGO_URL; it comes into being with the first write. */
export function makeDatabase(mongoUrl?: string, name = newName()): TestDatabase {
  const url = mongoUrl === undefined ? givenServer('MONGO_URL') : new URL(mongoUrl);
  url.pathname = `/${name}`;
  return { name, url: url.href, drop: () => drop(url.href, name) };
}

/** Short, because index names of the engine carry it. */
function newName(): string {
  return `test_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
}

async function drop(url: string, name: string): Promise<void> {
  // Loaded on demand: half of the test files that reach this library need no database.
  const { MongoClient } = await import('mongodb');
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 10_000 });
  try {
    await client.db(name).dropDatabase();
  } finally {
    await client.close();
  }
}
