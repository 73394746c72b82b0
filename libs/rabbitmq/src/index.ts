/** The front door of the RabbitMQ adapter (broker.md). */
export { type Account, accountsOf } from './topology/accounts.js';
export { type AppliedTopology, type ApplyOptions, applyTopology } from './topology/apply-topology.js';
export { type Definitions, type DefinitionsOptions, type Passwords, definitionsOf } from './topology/definitions.js';
export { durationName } from './topology/duration-name.js';
export { deferQueue, exchanges, laneOfQueue, laneQueue, queues, retryQueue } from './topology/names.js';
export { TopologyWatch, type TopologyWatchOptions } from './topology/topology-watch.js';
export { type TopologyParameters, topologyOf } from './topology/topology.js';
export {
  type BindingEntry,
  type ExchangeEntry,
  type Owner,
  type PolicyEntry,
  type QueueEntry,
  type QueueKind,
  type Topology,
} from './topology/topology-entry.js';
export { checkTopology, declareTopology } from './topology/declare-topology.js';
export { type BrokerPicture, type SeenQueue } from './doctor/broker-picture.js';
export { type Finding, remedies, type Severity } from './doctor/finding.js';
export { judgeTopology } from './doctor/judge-topology.js';
export { judgeWork } from './doctor/judge-work.js';
export { lookAtBroker } from './doctor/look-at-broker.js';
export { type Rebuilt, rebuildQueue } from './doctor/rebuild-queue.js';
export { type Rerouted, rerouteUnrouted } from './doctor/reroute-unrouted.js';
export { type WaitingFigure, type WorkFigures } from './doctor/work-figures.js';
export { describeTopology } from './topology/describe-topology.js';
export { Broker, type BrokerOptions, type BrokerVerdict } from './connection/broker.js';
export {
  BrokerConnection,
  type BrokerConnectionOptions,
  type ConnectionState,
} from './connection/broker-connection.js';
export {
  type ConnectionRole,
  type RabbitmqNews,
  type RabbitmqObserver,
  silentObserver,
} from './connection/rabbitmq-news.js';
export { lookAtQueue, type QueueLook } from './connection/look-at-queue.js';
export { queueDepths } from './connection/queue-depths.js';
export { noMeter, type PublishResult, type RabbitmqMeter } from './connection/rabbitmq-meter.js';
export { DeliveryContext } from './consume/delivery-context.strategy.js';
export { FromQueue } from './consume/from-queue.strategy.js';
export { Isolation } from './consume/isolation.js';
export { type ConsumerVerdict, QueueConsumer, type QueueConsumerOptions } from './consume/queue-consumer.js';
export { asDelivered, RabbitmqServer, type RabbitmqServerOptions } from './consume/rabbitmq-server.strategy.js';
export { type QueueWalk, type QueueWalker, walkQueue } from './consume/walk-queue.js';
export { decodeCommand } from './envelope/decode-command.js';
export { waitingCures } from './consume/waiting-cures.js';
export { decodeDispatchEnvelope } from './envelope/decode-dispatch-envelope.js';
export { decodeEventEnvelope, originalRoutingKey } from './envelope/decode-event-envelope.js';
export { decodeReceipt, type ReceiptEnvelope } from './envelope/decode-receipt.js';
export { type Decoded } from './envelope/decoded.js';
export { type Delivery, deliveryOf } from './envelope/delivery.js';
export { type Headers, headers, headersOf, type HeaderValue } from './header/headers.js';
export { headersOfParked } from './header/headers-of-parked.js';
export { stripBrokerHeaders } from './header/strip-broker-headers.js';
export { byInternalExchange, byQueueName, type Route } from './publish/dispatch-route.js';
export { EnvelopePublisher, type EnvelopePublisherOptions } from './publish/envelope-publisher.js';
export { RabbitmqCommandQueue } from './publish/rabbitmq-command-queue.js';
export { RabbitmqDispatchQueue, type RabbitmqDispatchQueueOptions } from './publish/rabbitmq-dispatch-queue.js';
export { RabbitmqEventQueue } from './publish/rabbitmq-event-queue.js';
export { RabbitmqRetryQueues, type RabbitmqRetryQueuesOptions } from './publish/rabbitmq-retry-queues.js';
export {
  RabbitmqDeadLetterQueues,
  type RabbitmqDeadLetterQueuesOptions,
} from './publish/rabbitmq-dead-letter-queues.js';
export { RabbitmqParkedEnvelopes, type RabbitmqParkedEnvelopesOptions } from './publish/rabbitmq-parked-envelopes.js';
export { RabbitmqReceiptQueue, type RabbitmqReceiptQueueOptions } from './publish/rabbitmq-receipt-queue.js';
export { park, retryLater, type RetryRoute, type SetAsideStory } from './publish/set-aside.js';
