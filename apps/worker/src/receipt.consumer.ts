import { type Receipt } from '@earlybird/core';
import { FromQueue, queues, type ReceiptEnvelope } from '@earlybird/rabbitmq';
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { transports } from './transports.js';

/** What recording receipts stands on. */
export abstract class ReceiptConsumerParts {
  /** `traceparent`: of the call that brought it. */
  abstract readonly record: (receipt: Receipt, traceparent?: string) => Promise<void>;
}

/** Receipts that the webhook took: each moves its notification up the ladder. The envelope is acked when it returns. */
@Controller()
export class ReceiptConsumer {
  constructor(@Inject(ReceiptConsumerParts) private readonly parts: ReceiptConsumerParts) {}

  @FromQueue(queues.receipts, transports.receipts)
  consume(@Payload() { receipt, traceparent }: ReceiptEnvelope): Promise<void> {
    return this.parts.record(receipt, traceparent);
  }
}
