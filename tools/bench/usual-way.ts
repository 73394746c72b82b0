/**
 * The usual way, which the benchmarks compare with (quality.md): an @nestjs/microservices handler on RabbitMQ that validates,
 * creates with mongoose, posts with axios, updates, acks. It keeps none of the promises: no attempt on record before the
 * request, no lease, no retries, no grouping of writes.
 */
import 'reflect-metadata';
import { createServer } from 'node:http';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  Ctx,
  EventPattern,
  type MicroserviceOptions,
  Payload,
  type RmqContext,
  Transport,
} from '@nestjs/microservices';
import { connect } from 'amqplib';
import axios from 'axios';
import { type ValidationError, IsISO8601, IsNotEmpty, IsNumber, IsString, Matches, validate } from 'class-validator';
import mongoose from 'mongoose';

const queue = 'notifications.usual';
const pattern = 'order.created';

class OrderCreated {
  @IsString()
  @IsNotEmpty()
  readonly id!: string;

  @IsString()
  @IsNotEmpty()
  readonly customerId!: string;

  @Matches(/^\+[1-9]\d{7,14}$/)
  readonly phone!: string;

  @IsString()
  @IsNotEmpty()
  readonly name!: string;

  @IsString()
  @IsNotEmpty()
  readonly orderId!: string;

  @IsNumber()
  readonly amount!: number;

  @IsISO8601()
  readonly day!: string;
}

const schema = new mongoose.Schema(
  {
    idempotencyKey: { type: String, required: true },
    event: { type: { type: String }, source: String, id: String },
    recipient: { phone: String, userId: String, name: String },
    messageType: String,
    referenceId: String,
    correlationId: String,
    text: String,
    status: String,
    attempts: [{ startedAt: Date, finishedAt: Date, outcome: String, providerMessageId: String }],
  },
  { timestamps: true, collection: 'notifications_log' },
);
const Notification = mongoose.model('Notification', schema);

@Controller()
class OrderHandler {
  @EventPattern(pattern)
  async handle(@Payload() event: CloudEvent, @Ctx() delivery: unknown): Promise<void> {
    const context = delivery as RmqContext;
    const channel = context.getChannelRef() as { ack(message: unknown): void };
    const order = orderOf(event);
    const errors: readonly ValidationError[] = await validate(order);
    if (errors.length === 0) await this.tell(order);
    channel.ack(context.getMessage());
  }

  private async tell({ id, phone, name, customerId, orderId, amount, day }: OrderCreated): Promise<void> {
    const text = `Hi ${name}! Thank you, we have your EarlyBird order ${orderId}.\nTotal: ₹${amount.toFixed(2)}\nDelivery: ${day}`;
    const notification = await Notification.create({
      idempotencyKey: id,
      event: { type: pattern, source: '/services/orders', id },
      recipient: { phone, userId: customerId, name },
      messageType: 'order_confirmation',
      referenceId: orderId,
      correlationId: id,
      text,
      status: 'queued',
    });
    const startedAt = new Date();
    const { data } = await axios.post<{ readonly message_id: string }>(
      `${env('MYOPERATOR_BASE_URL')}/whatsapp/send-message`,
      { ...credentials, recipient: phone, message: text, type: 'text' },
      { headers: { authorization: `Bearer ${credentials.api_key}`, 'x-notification-id': notification.id } },
    );
    const attempt = { startedAt, finishedAt: new Date(), outcome: 'accepted', providerMessageId: data.message_id };
    await Notification.updateOne({ _id: notification._id }, { status: 'sent', $push: { attempts: attempt } });
  }
}

@Module({ controllers: [OrderHandler] })
class UsualModule {}

interface CloudEvent {
  readonly id: string;
  readonly data: {
    readonly customer: { readonly id: string; readonly phone: string; readonly name: string };
    readonly order_id: string;
    readonly total_amount: number;
    readonly delivery_date: string;
  };
}

const credentials = {
  api_key: env('MYOPERATOR_API_KEY'),
  api_secret: env('MYOPERATOR_API_SECRET'),
  account_id: env('MYOPERATOR_ACCOUNT_ID'),
};

await bindQueue();
await mongoose.connect(env('MONGO_URL'), { autoIndex: false, autoCreate: false });
const app = await NestFactory.createMicroservice<MicroserviceOptions>(UsualModule, {
  transport: Transport.RMQ,
  logger: ['error'],
  options: {
    urls: [env('RABBITMQ_URL')],
    queue,
    noAssert: true,
    noAck: false,
    // As many in hand as our own worker and the floor.
    prefetchCount: 128,
    // Its own deserializer wants the pattern beside the data; a CloudEvent has it in `type`.
    deserializer: { deserialize: (event: CloudEvent) => ({ pattern, data: event }) },
  },
});
await app.listen();
createServer((_, response) => response.end('ready')).listen(Number(env('WORKER_PORT')), '127.0.0.1');

/** Nest's own transport cannot bind to an exchange that belongs to somebody else. */
async function bindQueue(): Promise<void> {
  const connection = await connect(env('RABBITMQ_URL'));
  const channel = await connection.createChannel();
  await channel.assertQueue(queue, { arguments: { 'x-queue-type': 'quorum' } });
  await channel.bindQueue(queue, 'domain.events', pattern);
  await connection.close();
}

function orderOf({ id, data }: CloudEvent): OrderCreated {
  const { customer, order_id: orderId, total_amount: amount, delivery_date: day } = data;
  const { id: customerId, phone, name } = customer;
  return Object.assign(new OrderCreated(), { id, customerId, phone, name, orderId, amount, day });
}

function env(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}
