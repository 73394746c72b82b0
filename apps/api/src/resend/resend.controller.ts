import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { resendNotification, type ResendResult } from '@earlybird/core';
import { Caller, type CallerIdentity } from '../access/caller.js';
import { type ApiParts, Parts } from '../api-parts.js';
import { Endpoint } from '../endpoint/endpoint.decorator.js';
import { deedOf } from '../message/deed-of.js';
import { MessageView } from '../message/message-view.js';
import { messageViewOf } from '../message/message-view-of.js';
import { MessageParams } from '../message/message.params.js';
import { Problem } from '../problem/problem.js';
import { ResendBody } from './resend.body.js';

/** A new message made from an old one. */
@Controller('resend')
export class ResendController {
  private readonly resendOne: ReturnType<typeof resendNotification>;

  constructor(@Inject(Parts) private readonly parts: ApiParts) {
    this.resendOne = resendNotification(parts);
  }

  @Post(':id')
  @Endpoint({
    roles: ['operator'],
    summary: 'Resend a message: a new one that refers to the old one',
    description:
      'The new message takes the variables of the old one and the template that is published now. Repeating the call gives the same new message as long as that one is on its way; afterwards resend the new one.',
    answers: { 200: { description: 'The new message.', body: MessageView } },
    problems: [
      'unreadable_body',
      'invalid_parameters',
      'message_not_found',
      'message_in_flight',
      'needs_force',
      'expired',
      'already_resent',
      'body_too_large',
      'unsupported_media_type',
      'invalid_fields',
      'database_unavailable',
    ],
  })
  async resend(
    @Param() { id }: MessageParams,
    @Body() body: ResendBody,
    @Caller() caller: CallerIdentity,
  ): Promise<MessageView> {
    const { force = false, valid_until, context } = body;
    const result = await this.resendOne({
      id,
      force,
      ...deedOf(caller, body),
      ...(valid_until === undefined ? {} : { validUntil: valid_until }),
      ...(context === undefined ? {} : { context }),
    });
    this.parts.log.event('admin_action', {
      client: caller.client,
      action: 'resend',
      notificationId: id,
      result: result.kind === 'refused' ? result.reason : result.kind,
    });
    return answer(id, result);
  }
}

function answer(id: string, result: ResendResult): MessageView {
  switch (result.kind) {
    case 'resent':
    case 'repeated':
      return messageViewOf(result.notification);
    case 'not_found':
      throw new Problem('message_not_found', `There is no message ${id}.`);
    case 'refused':
      throw refusal(result.reason, result.status);
    case 'already_resent':
      throw new Problem(
        'already_resent',
        `It was resent as ${result.successor.id}, which is ${result.successor.status}: resend that one.`,
        { members: { message_id: result.successor.id, message_status: result.successor.status } },
      );
    case 'invalid':
      throw new Problem('invalid_fields', 'The message cannot be made again like this.', { issues: result.issues });
  }
}

function refusal(reason: Extract<ResendResult, { kind: 'refused' }>['reason'], status: string): Problem {
  const members = { message_status: status };
  switch (reason) {
    case 'in_flight':
      return new Problem(
        'message_in_flight',
        `The message is ${status}: it may still leave by itself. Cancel it first.`,
        { members },
      );
    case 'needs_force':
      return new Problem(
        'needs_force',
        `The message is ${status}: it has arrived or perhaps has. Send "force": true to send it again.`,
        { members },
      );
    case 'expired':
      return new Problem(
        'expired',
        'The moment it is about has passed. Send valid_until, and the variables that have changed.',
        { members },
      );
  }
}
