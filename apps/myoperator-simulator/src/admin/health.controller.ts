import { Controller, Get, Inject } from '@nestjs/common';
import { Simulator } from '../simulator.js';

/** Whether the simulator runs. An outage that it was told to make does not make it unhealthy. */
@Controller('health')
export class HealthController {
  constructor(@Inject(Simulator) private readonly simulator: Simulator) {}

  @Get()
  health() {
    return {
      status: 'healthy',
      provider: this.simulator.isReachable ? 'reachable' : 'outage',
      uptime_seconds: Math.round(process.uptime() * 100) / 100,
    };
  }
}
