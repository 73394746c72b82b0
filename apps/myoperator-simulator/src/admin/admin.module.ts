import { type DynamicModule, Module } from '@nestjs/common';
import { Simulator } from '../simulator.js';
import { FaultsController } from './faults.controller.js';
import { HealthController } from './health.controller.js';
import { LiveController } from './live.controller.js';
import { MessagesController } from './messages.controller.js';
import { PageController } from './page.controller.js';
import { RequestsController } from './requests.controller.js';

/** The page and the admin calls of one simulator. */
@Module({})
export class AdminModule {
  static for(simulator: Simulator): DynamicModule {
    return {
      module: AdminModule,
      controllers: [
        PageController,
        MessagesController,
        FaultsController,
        RequestsController,
        LiveController,
        HealthController,
      ],
      providers: [{ provide: Simulator, useValue: simulator }],
    };
  }
}
