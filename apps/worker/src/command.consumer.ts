import { type carryOut, type CommandOrder } from '@earlybird/core';
import { FromQueue, queues } from '@earlybird/rabbitmq';
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { transports } from './transports.js';

/** What carrying commands out stands on. */
export abstract class CommandConsumerParts {
  abstract readonly carryOut: ReturnType<typeof carryOut>;
}

/** What the api asks of the worker, because it reads no queue itself. The envelope is acked when the command is answered. */
@Controller()
export class CommandConsumer {
  constructor(@Inject(CommandConsumerParts) private readonly parts: CommandConsumerParts) {}

  @FromQueue(queues.commands, transports.commands)
  consume(@Payload() order: CommandOrder): Promise<void> {
    return this.parts.carryOut(order);
  }
}
