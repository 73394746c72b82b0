import { mongoUrl, rabbitmqUrl } from '../kinds.js';
import { secretVariable } from '../variable.js';

/** RabbitMQ, as the user that this process may be. */
export const rabbitmqVariables = {
  RABBITMQ_URL: secretVariable(
    rabbitmqUrl(),
    'The AMQP address of RabbitMQ with user, password and vhost.',
    'amqp://USER:PASSWORD@127.0.0.1:5672',
  ),
};

/** MongoDB. */
export const mongodbVariables = {
  MONGO_URL: secretVariable(
    mongoUrl(),
    'The address of MongoDB with the name of the database.',
    'mongodb://USER:PASSWORD@127.0.0.1:27017/earlybird',
  ),
};
