import { givenServer } from '../given-server.js';

/** The servers below a system, each as an administrator. */
export interface SystemServers {
  readonly rabbitmqUrl: string;
  /** `http://user:password@host:port` of the management API. */
  readonly managementUrl: string;
  readonly mongoUrl: string;
}

/** The servers of the environment, which `npm test` provides. Throws when one is missing. */
export function givenServers(): SystemServers {
  return {
    rabbitmqUrl: givenServer('RABBITMQ_URL').href,
    managementUrl: givenServer('RABBITMQ_MANAGEMENT_URL').href,
    mongoUrl: givenServer('MONGO_URL').href,
  };
}
