import { type RequestListener } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { type Log, NestLogger, type SimulatorConfig } from '@earlybird/ops';
import { AdminModule } from './admin/admin.module.js';
import { Simulator } from './simulator.js';

/** A simulator that takes messages. Addresses carry the real ports, whatever was asked for. */
export interface RunningSimulator {
  readonly simulator: Simulator;
  /** The provider's calls and the page; refuses connections during an outage. */
  readonly providerUrl: string;
  /** The page and the admin calls, always. */
  readonly adminUrl: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the simulator: its admin side is a Nest application with a port of its own, and the same application serves the page on
 * the provider's port, behind the provider's own calls.
 */
export async function startSimulator(config: SimulatorConfig, log: Log): Promise<RunningSimulator> {
  const simulator = new Simulator(config, log);
  const app = await NestFactory.create<NestExpressApplication>(AdminModule.for(simulator), {
    logger: new NestLogger(log),
  });
  app.disable('x-powered-by');
  await app.init();
  await simulator.open(app.getHttpAdapter().getInstance() as RequestListener);
  await app.listen(config.admin.port, config.admin.host);
  return {
    simulator,
    providerUrl: simulator.address,
    adminUrl: (await app.getUrl()).replace('[::1]', 'localhost'),
    stop: async () => {
      await simulator.close();
      app.getHttpServer().closeAllConnections();
      await app.close();
    },
  };
}
