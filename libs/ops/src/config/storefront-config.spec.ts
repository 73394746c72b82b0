import { ConfigError } from './config-fault.js';
import { loadConfig } from './load-config.js';
import { storefrontConfigSchema } from './storefront-config.js';

const given = {
  MONGO_URL: 'mongodb://127.0.0.1:27017/earlybird?retryWrites=false',
  STOREFRONT_ORDER_RABBITMQ_URL: 'amqp://svc-order:o@127.0.0.1:5672',
  STOREFRONT_SUBSCRIPTION_RABBITMQ_URL: 'amqp://svc-subscription:s@127.0.0.1:5672',
  STOREFRONT_DELIVERY_RABBITMQ_URL: 'amqp://svc-delivery:d@127.0.0.1:5672',
  STOREFRONT_BILLING_RABBITMQ_URL: 'amqp://svc-billing:b@127.0.0.1:5672',
};

describe('the configuration of the storefront', () => {
  it('gives each publishing service an account of its own', () => {
    expect(loadConfig(storefrontConfigSchema, given)).toMatchObject({
      listen: { host: '127.0.0.1', port: 3100 },
      publishers: {
        order: given.STOREFRONT_ORDER_RABBITMQ_URL,
        subscription: given.STOREFRONT_SUBSCRIPTION_RABBITMQ_URL,
        delivery: given.STOREFRONT_DELIVERY_RABBITMQ_URL,
        billing: given.STOREFRONT_BILLING_RABBITMQ_URL,
      },
    });
  });

  it.each([
    [given.MONGO_URL, undefined, 'earlybird_storefront'],
    ['mongodb://user:pw@one:27017,two:27017/earlybird', undefined, 'earlybird_storefront'],
    ['mongodb://127.0.0.1/storefront', undefined, 'storefront'],
    [given.MONGO_URL, 'shop', 'shop'],
  ])('keeps its data apart from those of %s (own name %p)', (MONGO_URL, STOREFRONT_MONGO_DATABASE, database) => {
    const { mongodb } = loadConfig(storefrontConfigSchema, { ...given, MONGO_URL, STOREFRONT_MONGO_DATABASE });
    expect(mongodb).toEqual({ url: MONGO_URL, database });
  });

  it('lists everything that is missing at once', () => {
    const missing = () => loadConfig(storefrontConfigSchema, {});
    expect(missing).toThrow(ConfigError);
    for (const name of Object.keys(given)) expect(missing).toThrow(name);
  });
});
