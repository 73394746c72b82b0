import { Controller, Get, HttpStatus, Inject, Res } from '@nestjs/common';
import { type Response } from 'express';
import { type HealthAnswer, StorefrontHealth } from './storefront-health.js';

/** `GET /health`: 200 while business is taken, 503 while it is not. */
@Controller('health')
export class HealthController {
  constructor(@Inject(StorefrontHealth) private readonly health: StorefrontHealth) {}

  @Get()
  async answer(@Res({ passthrough: true }) response: Response): Promise<HealthAnswer> {
    const answer = await this.health.answer();
    response.status(answer.status === 'unhealthy' ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK);
    return answer;
  }
}
