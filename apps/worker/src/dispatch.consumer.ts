import { type DispatchEnvelope, type dispatchNotification } from '@earlybird/core';
import { FromQueue, queues } from '@earlybird/rabbitmq';
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { transports } from './transports.js';

/** What dispatching stands on. */
export abstract class DispatchConsumerParts {
  abstract readonly dispatch: ReturnType<typeof dispatchNotification>;
}

/** Dispatch envelopes of both lanes: each carries its notification through one attempt. The envelope is acked when it returns. */
@Controller()
export class DispatchConsumer {
  constructor(@Inject(DispatchConsumerParts) private readonly parts: DispatchConsumerParts) {}

  @FromQueue(queues.dispatch, transports.dispatch)
  consume(@Payload() envelope: DispatchEnvelope): Promise<void> {
    return this.parts.dispatch(envelope);
  }

  @FromQueue(queues.dispatchBulk, transports.dispatchBulk)
  consumeBulk(@Payload() envelope: DispatchEnvelope): Promise<void> {
    return this.parts.dispatch(envelope);
  }
}
