import { Controller, Get, Inject, Param } from '@nestjs/common';
import { type Notification } from '@earlybird/core';
import { allows } from '../access/role.js';
import { Caller, type CallerIdentity } from '../access/caller.js';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { Problem } from '../problem/problem.js';
import { messageDetailOf } from './message-detail-of.js';
import { MessageDetailView } from './message-detail-view.js';
import { MessageTraceView } from './message-trace.js';
import { messageTraceOf } from './message-trace-of.js';
import { MessageParams } from './message.params.js';
import { whereaboutsOf } from './whereabouts-of.js';
import { type WhereaboutsView } from './whereabouts-view.js';

/** One notification. */
@Controller('messages')
export class MessageController {
  constructor(@Inject(Parts) private readonly parts: ApiParts) {}

  @Get(':id')
  @Endpoint({
    roles: ['viewer', 'sender'],
    summary: 'Everything about one message: its attempts, its receipts, and where it is now',
    description: 'A sender sees what it sent itself.',
    answers: { 200: { description: 'The message.', body: MessageDetailView } },
    problems: ['invalid_parameters', 'message_not_found', 'database_unavailable'],
  })
  async find(@Param() { id }: MessageParams, @Caller() caller: CallerIdentity): Promise<MessageDetailView> {
    const notification = await this.seen(id, caller);
    return messageDetailOf(notification, this.where(notification));
  }

  @Get(':id/trace')
  @Endpoint({
    roles: ['viewer'],
    summary: 'The story of a message as dated steps, from the event to the last receipt and what comes next',
    answers: { 200: { description: 'The steps, the earliest first.', body: MessageTraceView } },
    problems: ['invalid_parameters', 'message_not_found', 'database_unavailable'],
  })
  async trace(@Param() { id }: MessageParams, @Caller() caller: CallerIdentity): Promise<MessageTraceView> {
    const notification = await this.seen(id, caller);
    return messageTraceOf(notification, this.where(notification), this.parts.clock.now());
  }

  private async seen(id: string, caller: CallerIdentity): Promise<Notification> {
    const notification = await this.parts.notifications.find(id);
    if (notification === undefined || !maySee(caller, notification))
      throw new Problem('message_not_found', `There is no message ${id}.`);
    return notification;
  }

  private where(notification: Notification): WhereaboutsView {
    const { queueNames, policy, clock } = this.parts;
    return whereaboutsOf(notification, { queueNames, policy, now: clock.now() });
  }
}

function maySee(caller: CallerIdentity, notification: Notification): boolean {
  return allows(caller.roles, ['viewer']) || notification.requestedBy === caller.client;
}
