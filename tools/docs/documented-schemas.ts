import { appSchemas } from '@earlybird/ops';
import { topologyConfigSchema } from '../topology/topology-config.js';

/** Everything that reads settings: the apps, and the command that makes the broker's topology. */
export const documentedSchemas: typeof appSchemas = [...appSchemas, topologyConfigSchema];
