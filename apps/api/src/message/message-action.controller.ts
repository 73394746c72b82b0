import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { cancelNotification, type Notification, resolveNotification } from '@earlybird/core';
import { Caller, type CallerIdentity } from '../access/caller.js';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { Problem } from '../problem/problem.js';
import { DeedBody, ResolveBody } from './deed.body.js';
import { deedOf } from './deed-of.js';
import { messageDetailOf } from './message-detail-of.js';
import { MessageDetailView } from './message-detail-view.js';
import { MessageParams } from './message.params.js';
import { whereaboutsOf } from './whereabouts-of.js';

const always = [
  'unreadable_body',
  'invalid_parameters',
  'message_not_found',
  'body_too_large',
  'unsupported_media_type',
  'invalid_fields',
  'database_unavailable',
] as const;

/** What people do to one notification. */
@Controller('messages')
export class MessageActionController {
  private readonly cancelOne: ReturnType<typeof cancelNotification>;
  private readonly resolveOne: ReturnType<typeof resolveNotification>;

  constructor(@Inject(Parts) private readonly parts: ApiParts) {
    this.cancelOne = cancelNotification(parts);
    this.resolveOne = resolveNotification(parts);
  }

  @Post(':id/cancel')
  @Endpoint({
    roles: ['operator'],
    summary: 'Cancel a message that still waits: scheduled, queued or retrying',
    answers: { 200: { description: 'It is cancelled.', body: MessageDetailView } },
    problems: [...always, 'not_cancellable'],
  })
  async cancel(
    @Param() { id }: MessageParams,
    @Body() body: DeedBody,
    @Caller() caller: CallerIdentity,
  ): Promise<MessageDetailView> {
    const result = await this.cancelOne(id, deedOf(caller, body));
    this.tell(caller, 'cancel', id, result.kind);
    switch (result.kind) {
      case 'cancelled':
        return this.view(result.notification);
      case 'not_found':
        throw new Problem('message_not_found', `There is no message ${id}.`);
      case 'too_late':
        throw new Problem('not_cancellable', `The message is ${result.status}.`, {
          members: { message_status: result.status },
        });
    }
  }

  @Post(':id/resolve')
  @Endpoint({
    roles: ['operator'],
    summary: 'Settle a message that was perhaps sent (unknown)',
    description: 'A receipt that comes later still outranks it.',
    answers: { 200: { description: 'It is settled.', body: MessageDetailView } },
    problems: [...always, 'not_in_doubt'],
  })
  async resolve(
    @Param() { id }: MessageParams,
    @Body() body: ResolveBody,
    @Caller() caller: CallerIdentity,
  ): Promise<MessageDetailView> {
    const result = await this.resolveOne(id, body.as, deedOf(caller, body));
    this.tell(caller, `resolve as ${body.as}`, id, result.kind);
    switch (result.kind) {
      case 'resolved':
        return this.view(result.notification);
      case 'not_found':
        throw new Problem('message_not_found', `There is no message ${id}.`);
      case 'no_doubt':
        throw new Problem('not_in_doubt', `The message is ${result.status}.`, {
          members: { message_status: result.status },
        });
    }
  }

  private tell({ client }: CallerIdentity, action: string, notificationId: string, result: string): void {
    this.parts.log.event('admin_action', { client, action, notificationId, result });
  }

  private view(notification: Notification): MessageDetailView {
    const { queueNames, policy, clock } = this.parts;
    return messageDetailOf(notification, whereaboutsOf(notification, { queueNames, policy, now: clock.now() }));
  }
}
