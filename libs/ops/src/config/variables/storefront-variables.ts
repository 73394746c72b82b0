import { port, rabbitmqUrl, text } from '../kinds.js';
import { secretVariable, variable } from '../variable.js';

/** The broker as the account of one publishing service (broker.md, accounts). */
const publisherUrl = (service: string) =>
  secretVariable(
    rabbitmqUrl(),
    `The AMQP address with which the ${service} service publishes: the account svc-${service}.`,
    `amqp://svc-${service}:PASSWORD@127.0.0.1:5672`,
  );

/** The storefront's settings: four publishing services in one process, each with an account of its own. */
export const storefrontVariables = {
  STOREFRONT_PORT: variable(port().default(3100), 'The port of the storefront.', '3100'),
  STOREFRONT_ORDER_RABBITMQ_URL: publisherUrl('order'),
  STOREFRONT_SUBSCRIPTION_RABBITMQ_URL: publisherUrl('subscription'),
  STOREFRONT_DELIVERY_RABBITMQ_URL: publisherUrl('delivery'),
  STOREFRONT_BILLING_RABBITMQ_URL: publisherUrl('billing'),
  STOREFRONT_MONGO_DATABASE: variable(
    text()
      .regex(/^[\w-]{1,60}$/, 'must be at most 60 letters, digits, _ and -')
      .optional(),
    "The storefront's own database; without it the name in MONGO_URL, with _storefront behind it unless it ends so.",
    'earlybird_storefront',
  ),
};
