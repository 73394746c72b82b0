import { type PublisherState } from '@earlybird/events';
import { type Db } from 'mongodb';
import { type ServiceOutbox } from '../outbox/service-outbox.js';

/** The state of the storefront. It takes business without the broker, so only the database makes it unhealthy. */
export interface HealthAnswer {
  /** `degraded`: business is taken, its events wait in the outboxes. */
  readonly status: 'healthy' | 'degraded' | 'unhealthy';
  readonly message: string;
  readonly uptime_seconds: number;
  readonly database: 'up' | 'away';
  /** Per publishing service. */
  readonly publishers: Readonly<Record<string, PublisherState>>;
}

/** Asks the database, and the publishers for what they know. */
export class StorefrontHealth {
  constructor(
    private readonly db: Db,
    private readonly outboxes: readonly ServiceOutbox[],
  ) {}

  async answer(): Promise<HealthAnswer> {
    const database = await this.db.command({ ping: 1 }).then(
      () => 'up' as const,
      () => 'away' as const,
    );
    const publishers = Object.fromEntries(this.outboxes.map(({ service, publishing }) => [service, publishing]));
    const allConnected = this.outboxes.every(({ publishing }) => publishing === 'connected');
    const status = database === 'away' ? 'unhealthy' : allConnected ? 'healthy' : 'degraded';
    return { status, message: messages[status], uptime_seconds: Math.round(process.uptime()), database, publishers };
  }
}

const messages = {
  healthy: 'Business is taken, and its events reach the broker',
  degraded: 'Business is taken; its events wait in the outboxes until the broker is back',
  unhealthy: 'Nothing can be stored: the database is away',
} as const;
