import {
  type Acceptance,
  type acceptEvent,
  type carryOut,
  type dispatchNotification,
  type EventEnvelope,
  type MessageSender,
  type Outcome,
  type recordReceipt,
} from '@earlybird/core';
import { noSpans, type OpenSpan, parseTraceparent, type SpanAttributes, type Spans } from '@earlybird/ops';
import { laneQueue, queues } from '@earlybird/rabbitmq';
import { type ReceiptConsumerParts } from './receipt.consumer.js';

/** The work of a worker, each piece within a span of its own. */
export interface SpansAround {
  /** What the event leads to carries on the span of its acceptance. */
  accept(accept: ReturnType<typeof acceptEvent>): ReturnType<typeof acceptEvent>;
  /** One span per attempt; those of the retries belong to the same trace. */
  dispatch(dispatch: ReturnType<typeof dispatchNotification>): ReturnType<typeof dispatchNotification>;
  /** The request to the provider. Our trace context ends here: it is nothing to a stranger. */
  send(sender: MessageSender): MessageSender;
  /** Goes on from the call of the webhook, and is linked to the trace of the notification. */
  record(record: ReturnType<typeof recordReceipt>): ReceiptConsumerParts['record'];
  /** What the api asks for, in the trace of the request that asked. */
  command(deed: ReturnType<typeof carryOut>): ReturnType<typeof carryOut>;
}

/** Puts spans around use cases and the sender, which know nothing of them. Without a collector nothing stands around them at all. */
export function spansAround(spans: Spans): SpansAround {
  if (spans === noSpans) return bare;
  return {
    accept: (accept) => (envelope) => {
      const start = { ...consumerOf(queues.events, originOf(envelope)), traceparent: traceparentOf(envelope) };
      return spans.within(start, async (span) => {
        const { traceparent } = span;
        const acceptance = await accept({ ...envelope, ...(traceparent === undefined ? {} : { traceparent }) });
        span.note(attributesOf(acceptance));
        return acceptance;
      });
    },
    dispatch: (dispatch) => (envelope) => {
      const { lane, traceparent } = envelope;
      const attributes = { ...attemptOf(envelope), 'notification.lane': lane };
      return spans.within({ ...consumerOf(laneQueue(lane), attributes), traceparent }, () => dispatch(envelope));
    },
    send: (sender) => ({
      send: (shipment) => {
        const attributes = { ...provider, ...attemptOf(shipment) };
        return spans.within({ name: 'send myoperator', kind: 'client', attributes }, async (span) => {
          const outcome = await sender.send(shipment);
          noteOutcome(span, outcome);
          return outcome;
        });
      },
    }),
    record: (record) => (receipt, traceparent) =>
      spans.within({ ...consumerOf(queues.receipts, {}), traceparent }, () => record(receipt)),
    command: (carryOut) => (order) => {
      const { id, command, traceparent } = order;
      const attributes = { 'notification.command_id': id, 'notification.command': command.kind };
      return spans.within({ ...consumerOf(queues.commands, attributes), traceparent }, () => carryOut(order));
    },
  };
}

const bare: SpansAround = {
  accept: (accept) => accept,
  dispatch: (dispatch) => dispatch,
  send: (sender) => sender,
  record: (record) => record,
  command: (carryOut) => carryOut,
};

const provider = { 'peer.service': 'myoperator', 'http.request.method': 'POST' } as const;

function consumerOf(queue: string, attributes: SpanAttributes) {
  return {
    name: `process ${queue}`,
    kind: 'consumer',
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.name': queue,
      ...attributes,
    },
  } as const;
}

function originOf({ routingKey, publisher }: EventEnvelope): SpanAttributes {
  return {
    'messaging.rabbitmq.destination.routing_key': routingKey,
    'notification.publisher': publisher,
  };
}

function attributesOf(acceptance: Acceptance): SpanAttributes {
  switch (acceptance.kind) {
    case 'accepted': {
      const { event, created } = acceptance;
      return {
        'cloudevents.event_type': event.type,
        'cloudevents.event_id': event.id,
        'cloudevents.event_source': event.source,
        'notification.created': created,
      };
    }
    case 'parked':
      return { 'cloudevents.event_id': acceptance.eventId, 'notification.reason': acceptance.reason };
  }
}

function attemptOf({ notificationId, attempt }: { readonly notificationId: string; readonly attempt: number }) {
  return { 'notification.id': notificationId, 'notification.attempt': attempt };
}

function noteOutcome(span: OpenSpan, outcome: Outcome): void {
  span.note({ 'notification.outcome': outcome.kind, 'http.response.status_code': outcome.httpStatus });
  if (outcome.kind === 'accepted') return;
  span.note({ 'notification.reason': outcome.reason, 'notification.error_code': outcome.errorCode });
  span.fail(outcome.reason);
}

/** The header of the envelope, which our publishers' package sets; else what a foreign publisher wrote into the event alone. */
function traceparentOf({ traceparent, body }: EventEnvelope): string | undefined {
  return parseTraceparent(traceparent) === undefined ? traceparentIn(body) : traceparent;
}

function traceparentIn(body: Uint8Array): string | undefined {
  try {
    const event: unknown = JSON.parse(new TextDecoder().decode(body));
    if (typeof event !== 'object' || event === null || !('traceparent' in event)) return undefined;
    return typeof event.traceparent === 'string' ? event.traceparent : undefined;
  } catch {
    return undefined;
  }
}
