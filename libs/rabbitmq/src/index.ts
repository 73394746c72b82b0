/** The front door of the RabbitMQ adapter (broker.md). */
export { type Account, accountsOf } from './topology/accounts.js';
export { type AppliedTopology, type ApplyOptions, applyTopology } from './topology/apply-topology.js';
export { type Definitions, type DefinitionsOptions, type Passwords, definitionsOf } from './topology/definitions.js';
export { durationName } from './topology/duration-name.js';
export { deferQueue, exchanges, laneOfQueue, laneQueue, queues, retryQueue } from './topology/names.js';
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
export { describeTopology } from './topology/describe-topology.js';
