import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SimulatorClient } from './simulator-client.js';

/** A simulator in a process of its own, which can be killed. */
export interface SimulatorApart {
  readonly client: SimulatorClient;
  /** SIGKILL. Resolves when the process is gone. */
  readonly kill: () => Promise<void>;
  /** SIGTERM. Resolves with the exit code. */
  readonly terminate: () => Promise<number | null>;
}

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Starts the simulator's main from its source, on free ports. */
export async function simulateApart(env: Readonly<Record<string, string>>): Promise<SimulatorApart> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'apps/myoperator-simulator/src/main.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'], ENV_FILE: 'none', SIMULATOR_PORT: '0', SIMULATOR_ADMIN_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit') as Promise<[number | null]>;
  const end = (signal: NodeJS.Signals) => async () => {
    child.kill(signal);
    return (await gone)[0];
  };
  const addresses = new Map<string, string>();
  const output = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    void gone.then(([code]) => reject(new Error(`the simulator ended with ${code}`)));
    output.on('line', (text) => {
      const line = JSON.parse(text) as { event: string; context?: string; address?: string };
      if (line.event === 'listening') addresses.set(line.context ?? '', line.address ?? '');
      if (addresses.size === 2) resolve();
    });
  });
  const kill = end('SIGKILL');
  const stop = async () => void (await kill());
  const client = new SimulatorClient(addresses.get('provider') ?? '', addresses.get('admin') ?? '', stop);
  return { client, kill: stop, terminate: end('SIGTERM') };
}
