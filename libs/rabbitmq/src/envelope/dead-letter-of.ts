import { type DeadLetter, type ParkedEvent, parkedEventId, type ParkReason, parkReasons } from '@earlybird/core';
import { headers } from '../header/headers.js';
import { exchanges, laneOfQueue, queues } from '../topology/names.js';
import { type Death, deathOf } from './death-of.js';
import { decodeCommand } from './decode-command.js';
import { decodeDispatchEnvelope } from './decode-dispatch-envelope.js';
import { type Delivery, textHeader } from './delivery.js';

/** Reads what lies in a dead-letter queue. Never throws. */
export function deadLetterOf(delivery: Delivery): DeadLetter {
  const death = deathOf(delivery);
  const about = { queue: death?.queue ?? delivery.queue, byBroker: death !== undefined };
  if (delivery.queue === queues.eventsDead) return { ...about, kind: 'event', parked: parkedEventOf(delivery, death) };
  const queue = death?.queue ?? textHeader(delivery, headers.originalRoutingKey.name) ?? '';
  if (laneOfQueue(queue) !== undefined) {
    const decoded = decodeDispatchEnvelope({ ...delivery, queue });
    if (decoded.ok) {
      const { notificationId, attempt } = decoded.envelope;
      return { ...about, kind: 'dispatch', notificationId, attempt };
    }
  }
  const command = death?.queue === queues.commands ? decodeCommand(delivery) : undefined;
  if (command?.ok === true) return { ...about, kind: 'command', commandId: command.envelope.id };
  return { ...about, kind: 'other' };
}

/**
 * The record that the event of a dead letter has, or would have. Who published it is what the broker vouches for; our own
 * headers are believed only where the worker itself had moved the envelope.
 */
export function parkedEventOf(delivery: Delivery, death: Death | undefined = deathOf(delivery)): ParkedEvent {
  const told = (header: { readonly name: string }) => textHeader(delivery, header.name);
  const isOurs = death === undefined || death.exchange === exchanges.byQueueName;
  const publisher = (isOurs ? told(headers.publisher) : delivery.userId) ?? 'unknown';
  const routingKey =
    (isOurs ? told(headers.originalRoutingKey) : undefined) ?? death?.routingKey ?? delivery.routingKey;
  const correlationId = told(headers.correlationId);
  const { body, contentType } = delivery;
  return {
    id: parkedEventId(body, routingKey, publisher),
    reason: death === undefined ? reasonIn(told(headers.reason)) : 'poison',
    detail: death === undefined ? (told(headers.detail) ?? '') : `the broker gave it up in ${death.queue}`,
    publisher,
    routingKey,
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(contentType === undefined ? {} : { contentType }),
    body: body.toString('base64'),
    parkedAt: new Date(),
  };
}

/** An event that met an error of ours again and again carries the code of the error. */
function reasonIn(word: string | undefined): ParkReason {
  return parkReasons.find((reason) => reason === word) ?? 'unprocessable';
}
