import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExtraModels } from '@nestjs/swagger';
import { type HealthReport } from '@earlybird/ops';
import { type Response } from 'express';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { DependencyView, HealthView } from './health-view.js';

const answers = {
  200: { description: 'It works.', body: HealthView },
  503: { description: 'It does not work now; `dependencies` says why.', body: HealthView },
};

/** For people, load balancers and orchestrators; open to all, and tells nothing but what is up. */
@Controller('health')
@ApiExtraModels(DependencyView)
export class HealthController {
  constructor(@Inject(Parts) private readonly parts: ApiParts) {}

  @Get()
  @Endpoint({ roles: 'open', summary: 'Whether the service works', answers, unlimited: true })
  health(@Res({ passthrough: true }) response: Response): HealthView {
    return answer(this.parts.health.ready(), response);
  }

  @Get('ready')
  @Endpoint({ roles: 'open', summary: 'Whether to send requests here', answers, unlimited: true })
  ready(@Res({ passthrough: true }) response: Response): HealthView {
    return answer(this.parts.health.ready(), response);
  }

  @Get('live')
  @Endpoint({ roles: 'open', summary: 'Whether the process lives; otherwise restart it', answers, unlimited: true })
  live(@Res({ passthrough: true }) response: Response): HealthView {
    return answer(this.parts.health.live(), response);
  }
}

function answer({ ok, checks }: HealthReport, response: Response): HealthView {
  response.status(ok ? 200 : 503).set('Cache-Control', 'no-store');
  const down = checks.filter((check) => !check.ok).map(({ name }) => name);
  return {
    status: ok ? 'healthy' : 'unhealthy',
    message: ok
      ? 'WhatsApp notification service is running'
      : `WhatsApp notification service waits for ${down.join(' and ')}`,
    uptime_seconds: Math.round(process.uptime() * 100) / 100,
    dependencies: Object.fromEntries(
      checks.map((check) => [check.name, check.ok ? { status: 'up' } : { status: 'down', reason: check.reason }]),
    ),
  };
}
