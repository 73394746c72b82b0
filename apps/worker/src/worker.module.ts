import { type DynamicModule, Module } from '@nestjs/common';
import { CommandConsumer, CommandConsumerParts } from './command.consumer.js';
import { DispatchConsumer, DispatchConsumerParts } from './dispatch.consumer.js';
import { EventConsumer, EventConsumerParts } from './event.consumer.js';
import { ReceiptConsumer, ReceiptConsumerParts } from './receipt.consumer.js';

/** Everything that the consumers stand on. */
export interface WorkerParts {
  readonly events: EventConsumerParts;
  readonly dispatch: DispatchConsumerParts;
  readonly receipts: ReceiptConsumerParts;
  readonly commands: CommandConsumerParts;
}

/** The consumers; what they stand on is made before Nest starts, because it waits for servers. */
@Module({})
export class WorkerModule {
  static for(parts: WorkerParts): DynamicModule {
    return {
      module: WorkerModule,
      controllers: [EventConsumer, DispatchConsumer, ReceiptConsumer, CommandConsumer],
      providers: [
        { provide: EventConsumerParts, useValue: parts.events },
        { provide: DispatchConsumerParts, useValue: parts.dispatch },
        { provide: ReceiptConsumerParts, useValue: parts.receipts },
        { provide: CommandConsumerParts, useValue: parts.commands },
      ],
    };
  }
}
