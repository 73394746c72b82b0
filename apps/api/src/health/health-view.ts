import { ApiProperty } from '@nestjs/swagger';

/** Whether one thing that the api depends on is there. */
export class DependencyView {
  @ApiProperty({ enum: ['up', 'down'], example: 'up' })
  readonly status!: string;

  @ApiProperty({ type: String, required: false, example: 'no writable MongoDB', description: 'Why it is down.' })
  readonly reason?: string | undefined;
}

/** Whether the api works. */
export class HealthView {
  @ApiProperty({ enum: ['healthy', 'unhealthy'], example: 'healthy' })
  readonly status!: string;

  @ApiProperty({ example: 'WhatsApp notification service is running' })
  readonly message!: string;

  @ApiProperty({ example: 12.34 })
  readonly uptime_seconds!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/DependencyView' },
    example: { mongodb: { status: 'up' }, rabbitmq: { status: 'up' } },
  })
  readonly dependencies!: Readonly<Record<string, DependencyView>>;
}
