import { eventually } from './eventually.js';

/**
 * What keeps a server busy and must be given back: sockets, listeners, processes. Timers are left to the test runner, which has
 * some of its own and fails a run whose worker cannot exit.
 */
const guarded = ['TCPSocketWrap', 'TLSWrap', 'TCPServerWrap', 'ProcessWrap'];

/** A closed socket needs a moment until the operating system has confirmed it. */
const settleMs = 3_000;

/**
 * Fails the test file when it leaves connections, listeners or processes open, and names them. Call it at the end of the file,
 * below the tests: hooks run in the order of their declaration, and this one must be the last.
 */
export function guardLeaks(): void {
  let before: ReadonlyMap<string, number> = new Map();
  beforeAll(() => {
    before = openResources();
  });
  afterAll(async () => {
    await eventually(() => leaked(before).length === 0, {
      withinMs: settleMs,
      message: 'everything is closed',
    }).catch(() => {
      throw new Error(`left open by this file: ${leaked(before).join(', ')}`);
    });
  });
}

/** How many of each guarded kind are open now. */
export function openResources(): ReadonlyMap<string, number> {
  const open = process.getActiveResourcesInfo();
  return new Map(guarded.map((kind) => [kind, open.filter((resource) => resource === kind).length]));
}

function leaked(before: ReadonlyMap<string, number>): readonly string[] {
  return [...openResources()]
    .map(([kind, count]) => ({ kind, more: count - (before.get(kind) ?? 0) }))
    .filter(({ more }) => more > 0)
    .map(({ kind, more }) => `${more} ${kind}`);
}
