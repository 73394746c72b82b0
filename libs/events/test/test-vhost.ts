import { randomUUID } from 'node:crypto';

/** A virtual host of its own on the test broker. */
export interface TestVhost {
  readonly name: string;
  /** The administrator's URL of it. */
  readonly url: string;
  /** Calls the management API; a path below `/api/`. Answers the parsed body, if there is one. */
  manage(method: string, path: string, body?: unknown): Promise<unknown>;
  remove(): Promise<void>;
}

/** Makes a virtual host for one test file. Needs RABBITMQ_URL and RABBITMQ_MANAGEMENT_URL. */
export async function createTestVhost(): Promise<TestVhost> {
  const name = `events-${randomUUID()}`;
  const url = new URL(required('RABBITMQ_URL'));
  url.pathname = `/${name}`;
  await manage('PUT', `vhosts/${name}`);
  return { name, url: url.href, manage, remove: async () => void (await manage('DELETE', `vhosts/${name}`)) };
}

async function manage(method: string, path: string, body?: unknown): Promise<unknown> {
  const management = new URL(required('RABBITMQ_MANAGEMENT_URL'));
  const response = await fetch(new URL(`/api/${path}`, management.origin), {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${management.username}:${management.password}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok && response.status !== 404) throw new Error(`${method} ${path}: ${response.status}`);
  return response.status === 200 ? response.json() : undefined;
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; npm test sets it.`);
  return value;
}
