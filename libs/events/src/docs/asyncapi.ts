import type { EventType } from '../domain-event.js';
import { eventCatalogue } from '../event-catalogue.js';
import { eventDefinitions } from '../event-definitions.js';
import { sampleEvent } from '../sample-event.js';
import { jsonSchemaOf } from './json-schemas.js';

/** The samples of the document must not change from one generation to the next. */
const SAMPLE_TIME = new Date('2026-01-31T06:30:00Z');

const entriesFor = <Value>(keyOf: (type: EventType) => string, make: (type: EventType) => Value) =>
  Object.fromEntries(eventCatalogue.types.map((type) => [keyOf(type), make(type)]));

/** The AsyncAPI 3 document of everything that services publish on `domain.events`, from their point of view. */
export const asyncApiDocument = () => ({
  asyncapi: '3.0.0',
  info: {
    title: 'EarlyBird domain events',
    version: '1.0.0',
    description:
      'CloudEvents 1.0 in structured mode on a topic exchange; the routing key is the event type. Types grow by optional ' +
      'fields; a breaking change is a new type. Publish persistent and mandatory, await the confirm, and keep (source, id) unique for ever.',
  },
  defaultContentType: 'application/cloudevents+json',
  servers: {
    broker: {
      host: '{host}',
      protocol: 'amqp',
      protocolVersion: '0-9-1',
      description: 'RabbitMQ; each service has an account that may write its own routing keys only.',
      variables: { host: { default: 'localhost:5672' } },
      security: [{ $ref: '#/components/securitySchemes/account' }],
    },
  },
  channels: entriesFor((type) => type, channel),
  operations: entriesFor((type) => `publish.${type}`, operation),
  components: {
    messages: entriesFor((type) => type, message),
    schemas: { headers },
    securitySchemes: { account: { type: 'userPassword' } },
  },
});

const channel = (type: EventType) => ({
  address: type,
  title: type,
  summary: eventDefinitions[type].summary,
  messages: { event: { $ref: `#/components/messages/${type}` } },
  bindings: {
    amqp: {
      is: 'routingKey',
      exchange: { name: 'domain.events', type: 'topic', durable: true, autoDelete: false },
      bindingVersion: '0.3.0',
    },
  },
});

function operation(type: EventType) {
  const { service, user, source } = eventCatalogue.publisherOf(type);
  return {
    action: 'send',
    title: `Publish ${type}`,
    description: `By the ${service} service alone, as the user ${user}, with the source ${source}.`,
    channel: { $ref: `#/channels/${type}` },
    messages: [{ $ref: `#/channels/${type}/messages/event` }],
    bindings: { amqp: { deliveryMode: 2, mandatory: true, timestamp: true, userId: user, bindingVersion: '0.3.0' } },
  };
}

const message = (type: EventType) => ({
  name: type,
  title: type,
  summary: eventDefinitions[type].summary,
  contentType: 'application/cloudevents+json',
  headers: { $ref: '#/components/schemas/headers' },
  correlationId: { location: '$message.header#/x-correlation-id' },
  payload: jsonSchemaOf(type, 'draft-7'),
  examples: [{ name: 'sample', payload: sampleEvent(type, { id: `evt_${type}`, time: SAMPLE_TIME }) }],
});

const headers = {
  type: 'object',
  properties: {
    traceparent: { type: 'string', description: 'W3C trace context, equal to the attribute of the event.' },
    'x-correlation-id': { type: 'string', description: 'Equal to the attribute `correlationid` of the event.' },
  },
};
