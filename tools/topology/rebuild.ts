import { rebuildQueue, rerouteUnrouted } from '@earlybird/rabbitmq';
import { PlainError } from '../plain-error.js';
import type { TopologyConfig } from './topology-config.js';

/** `npm run topology -- rebuild QUEUE`. Throws AppError `broker_unavailable`, or PlainError when it may not be done. */
export async function rebuild(config: TopologyConfig, queue: string | undefined): Promise<void> {
  if (queue === undefined) throw new PlainError('Say which queue: npm run topology -- rebuild notifications.dispatch');
  const rebuilt = await rebuildQueue({ url: urlOf(config) }, config.topology, queue);
  switch (rebuilt.kind) {
    case 'rebuilt':
      return console.log(`${queue} is as the table says; ${rebuilt.kept} envelopes were kept. Start the workers.`);
    case 'unknown_queue':
      throw new PlainError(`${queue} is not in the table. npm run topology -- print shows it.`);
    case 'consumed':
      throw new PlainError(`Stop the workers first: ${rebuilt.queues.join(', ')} are being consumed.`);
  }
}

/** `npm run topology -- reroute`. Throws AppError `broker_unavailable`. */
export async function reroute(config: TopologyConfig): Promise<void> {
  const { moved, left } = await rerouteUnrouted({ url: urlOf(config) }, config.topology);
  console.log(`${moved} events were handed over.`);
  const keys = Object.entries(left);
  if (keys.length === 0) return;
  console.log(`No rule for: ${keys.map(([key, count]) => `${key} (${count})`).join(', ')}.`);
  console.log(
    'They stay until somebody listens to them, or until you purge domain.events.unrouted in the management UI.',
  );
}

function urlOf({ rabbitmqUrl }: TopologyConfig): string {
  if (rabbitmqUrl === undefined) throw new PlainError('RABBITMQ_URL is missing: amqp://ADMIN:PASSWORD@HOST:5672');
  return rabbitmqUrl;
}
