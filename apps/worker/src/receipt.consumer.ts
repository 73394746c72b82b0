import { type Receipt, type recordReceipt } from '@earlybird/core';
import { FromQueue, queues } from '@earlybird/rabbitmq';
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { transports } from './transports.js';

/** What recording receipts stands on. */
export abstract class ReceiptConsumerParts {
  abstract readonly record: ReturnType<typeof recordReceipt>;
}

/** Receipts that the webhook took: each moves its notification up the ladder. The envelope is acked when it returns. */
@Controller()
export class ReceiptConsumer {
  constructor(@Inject(ReceiptConsumerParts) private readonly parts: ReceiptConsumerParts) {}

  @FromQueue(queues.receipts, transports.receipts)
  consume(@Payload() receipt: Receipt): Promise<void> {
    return this.parts.record(receipt);
  }
}
