import { type RunningApp, startApp } from '@earlybird/testing';
import { SimulatorClient } from './simulator-client.js';

/** A simulator in a process of its own, which can be killed. */
export interface SimulatorApart {
  readonly client: SimulatorClient;
  readonly app: RunningApp;
}

/** Starts the built simulator on free ports. */
export async function simulateApart(env: Readonly<Record<string, string>>): Promise<SimulatorApart> {
  const app = await startApp({
    app: 'myoperator-simulator',
    env: { ENV_FILE: 'none', SIMULATOR_PORT: '0', SIMULATOR_ADMIN_PORT: '0', ...env },
    readyLine: '"context":"admin"',
  });
  const [provider, admin] = app.log('listening').map(({ address }) => String(address));
  return { app, client: new SimulatorClient(provider ?? '', admin ?? '', () => app.kill()) };
}
