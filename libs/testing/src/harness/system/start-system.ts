import type { RunningSystem, SystemSetup } from './running-system.js';

// Loaded on demand: few tests need a whole system, and its libraries would cost every other test file half a second.
const load = () => import('./running-system.js');

/** Makes a system and starts all of it; resolves when every process is ready. */
export async function startSystem(setup: SystemSetup = {}): Promise<RunningSystem> {
  return (await load()).RunningSystem.start(setup);
}

/** Makes a system of which nothing runs yet: virtual host, accounts and database are there. */
export async function prepareSystem(setup: SystemSetup = {}): Promise<RunningSystem> {
  return (await load()).RunningSystem.prepare(setup);
}
