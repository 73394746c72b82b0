import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the server root and the data of local servers are kept, outside of every checkout (local-servers.md). */
export function cacheFolder(): string {
  const caches = process.env['XDG_CACHE_HOME'];
  return join(caches?.startsWith('/') ? caches : join(homedir(), '.cache'), 'earlybird-notifications');
}
