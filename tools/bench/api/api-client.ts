import { type RunningSystem } from '@earlybird/testing';
import { Pool } from 'undici';

/** Asks the api as a viewer, over connections that stay open. */
export interface ApiClient {
  /** Resolves when the whole answer is there; rejects unless it is 200. `path` begins behind `/api/notifications`. */
  readonly get: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A client of the api of a running system with so many connections. */
export async function openApiClient(system: RunningSystem, connections: number): Promise<ApiClient> {
  const { origin, prefix, authorization } = await system.apiAccess();
  const pool = new Pool(origin, { connections });
  return {
    get: async (path) => {
      const { statusCode, body } = await pool.request({
        path: `${prefix}${path}`,
        method: 'GET',
        headers: { authorization },
      });
      const text = await body.text();
      if (statusCode !== 200) throw new Error(`GET ${path} was answered with ${statusCode}: ${text.slice(0, 300)}`);
    },
    close: () => pool.close(),
  };
}
