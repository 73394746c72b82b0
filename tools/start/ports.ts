import { type Environment } from '@earlybird/ops';
import { isFree } from '../servers/free-port.js';

/** The port that each app listens on, by the variable that sets it. */
export interface Ports {
  readonly SIMULATOR_PORT: number;
  readonly SIMULATOR_ADMIN_PORT: number;
  readonly STOREFRONT_PORT: number;
  readonly API_PORT: number;
  readonly API_METRICS_PORT: number;
  readonly WORKER_PORT: number;
}

/** Where the apps listen unless they are told otherwise. */
export const usualPorts: Ports = {
  API_PORT: 3000,
  WORKER_PORT: 3001,
  API_METRICS_PORT: 3002,
  STOREFRONT_PORT: 3100,
  SIMULATOR_PORT: 3200,
  SIMULATOR_ADMIN_PORT: 3201,
};

/** The wanted port of every app, or the next one that is free; `note` hears of each that was stepped over. */
export async function choosePorts(settings: Environment, note: (text: string) => void): Promise<Ports> {
  const taken = new Set<number>();
  const choose = async (name: keyof Ports): Promise<number> => {
    const wanted = Number(settings[name] ?? usualPorts[name]);
    let port = wanted;
    while (taken.has(port) || !(await isFree(port))) port = port < 65_535 ? port + 1 : 1_024;
    taken.add(port);
    if (port !== wanted) note(`port ${wanted} (${name}) is taken; using ${port}`);
    return port;
  };
  return {
    API_PORT: await choose('API_PORT'),
    WORKER_PORT: await choose('WORKER_PORT'),
    API_METRICS_PORT: await choose('API_METRICS_PORT'),
    STOREFRONT_PORT: await choose('STOREFRONT_PORT'),
    SIMULATOR_PORT: await choose('SIMULATOR_PORT'),
    SIMULATOR_ADMIN_PORT: await choose('SIMULATOR_ADMIN_PORT'),
  };
}
