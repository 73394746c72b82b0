import { setTimeout as sleep } from 'node:timers/promises';
import { type DomainEvent, eventPublishers, PublishError } from '@earlybird/events';
import type { RunningSystem } from '@earlybird/testing';
import type { PlannedEvent } from './event-plan.js';
import type { Random } from './random.js';

/** When the broker took an event; a service that publishes keeps it until then (events.md, outbox). */
export interface Published {
  readonly id: string;
  readonly firstConfirmedAt: number;
  readonly copies: number;
}

/** How the events flow. */
export interface FlowOptions {
  /** How many a second, by the number of the event. */
  readonly perSecond: (index: number) => number;
  readonly random: Random;
  /** Resolves when event number `index` may be published: the flow waits for the faults, so that each strikes while events flow. */
  readonly mayPublish: (index: number) => Promise<void>;
  readonly onPublished: (count: number) => void;
  /** False breaks the rule: an event counts as published when that was tried once, whatever the broker says. */
  readonly awaitsConfirms: boolean;
}

/** Between two tries to publish while the broker is away. */
const retryMs = 100;
/** Further copies of an event come within this time: while it is being handled, and after. */
const copiesWithinMs = 3_000;

/** Publishes every event at its pace, again and again until the broker has confirmed it, as an outbox would. */
export async function publishEvents(
  system: RunningSystem,
  events: readonly PlannedEvent[],
  { perSecond, random, mayPublish, onPublished, awaitsConfirms }: FlowOptions,
): Promise<readonly Published[]> {
  const published: Promise<Published>[] = [];
  let confirmed = 0;
  for (const [index, event] of events.entries()) {
    await mayPublish(index);
    const delaysMs = Array.from({ length: event.copies }, (_, copy) =>
      copy === 0 ? 0 : random.between(0, copiesWithinMs),
    );
    published.push(
      publishCopies(system, event, delaysMs, awaitsConfirms).finally(() => {
        confirmed += 1;
        onPublished(confirmed);
      }),
    );
    await sleep(1_000 / perSecond(index));
  }
  return Promise.all(published);
}

async function publishCopies(
  system: RunningSystem,
  planned: PlannedEvent,
  delaysMs: readonly number[],
  awaitsConfirms: boolean,
): Promise<Published> {
  const event = planned.at(new Date());
  const confirms = await Promise.all(
    delaysMs.map(async (delayMs) => {
      await sleep(delayMs);
      await publishUntilConfirmed(system, planned, event, awaitsConfirms);
      return Date.now();
    }),
  );
  return { id: planned.id, firstConfirmedAt: Math.min(...confirms), copies: confirms.length };
}

async function publishUntilConfirmed(
  system: RunningSystem,
  { fate }: PlannedEvent,
  event: DomainEvent,
  awaitsConfirms: boolean,
): Promise<void> {
  for (;;) {
    try {
      return await (fate === 'invalid' ? publishUnchecked(system, event) : system.publishers.publish(event));
    } catch (error) {
      if (fate !== 'invalid' && !(error instanceof PublishError)) throw error;
      if (!awaitsConfirms) return;
      await sleep(retryMs);
    }
  }
}

/** Past the checks of libs/events: as a publisher in another language would, with a bug. */
function publishUnchecked(system: RunningSystem, event: DomainEvent): Promise<void> {
  const account = eventPublishers.find(({ source }) => source === event.source)?.user ?? '';
  return system.publishRaw(account, [{ routingKey: event.type, body: JSON.stringify(event) }]);
}
